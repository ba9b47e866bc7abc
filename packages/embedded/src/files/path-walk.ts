import { GuestFileError } from '../guest/guest-file-error.ts';
import type { DirectoryInode, Inode, SymlinkInode } from './inode.ts';
import { splitPath } from './path-parts.ts';

const MAXIMUM_LINKS_FOLLOWED = 40;

export interface Step {
  readonly name: string;
  readonly directory: DirectoryInode;
}

/** The place at the end of a path: a name, and the directories from the root to the directory that contains the name. */
export interface Place {
  /** Empty for the root itself. */
  readonly trail: readonly Step[];
  readonly name: string;
  /** Undefined if the last part of the path does not exist. */
  readonly inode: Inode | undefined;
}

/** Returns the absolute path of a place. The path contains no links. */
export function placePath(place: Place): string {
  return `/${[...place.trail.slice(1).map((step) => step.name), place.name].filter((name) => name !== '').join('/')}`;
}

/** Follows a path from the root. */
export class PathWalk {
  readonly #path: string;
  readonly #followLast: boolean;
  readonly #root: Step;
  #trail: Step[];
  readonly #pending: string[];
  #linksFollowed = 0;

  constructor(path: string, options: { readonly root: DirectoryInode; readonly followLast: boolean }) {
    this.#path = path;
    this.#followLast = options.followLast;
    this.#root = { name: '', directory: options.root };
    this.#trail = [this.#root];
    this.#pending = splitPath(path).reverse();
  }

  /**
   * Returns the place at the end of the path. @throws {GuestFileError} `ENOENT` or `ENOTDIR` for the parts before the last part, `ELOOP`.
   */
  end(): Place {
    for (let part = this.#pending.pop(); part !== undefined; part = this.#pending.pop()) {
      if (part === '..') {
        if (this.#trail.length > 1) this.#trail.pop();
        continue;
      }
      const place = this.#advance(part);
      if (place) return place;
    }
    const { name, directory } = this.#trail.pop() ?? this.#root;
    return { trail: this.#trail, name, inode: directory };
  }

  /** Follows one part of the path. Returns the place if the path ends here and the place is not a directory. */
  #advance(name: string): Place | undefined {
    const inode = (this.#trail.at(-1) ?? this.#root).directory.entries.get(name);
    const isLast = this.#pending.length === 0;
    if (inode?.type === 'directory') this.#trail.push({ name, directory: inode });
    else if (inode?.type === 'symlink' && (this.#followLast || !isLast)) this.#follow(inode);
    else if (isLast) return { trail: this.#trail, name, inode };
    else throw new GuestFileError(inode ? 'ENOTDIR' : 'ENOENT', this.#path);
    return undefined;
  }

  #follow(link: SymlinkInode): void {
    this.#linksFollowed += 1;
    if (this.#linksFollowed > MAXIMUM_LINKS_FOLLOWED) throw new GuestFileError('ELOOP', this.#path);
    if (link.target.startsWith('/')) this.#trail = [this.#root];
    this.#pending.push(...splitPath(link.target).reverse());
  }
}
