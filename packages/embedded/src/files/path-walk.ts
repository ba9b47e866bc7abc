import { GuestFileError } from '../guest/guest-file-error.ts';
import type { DirectoryInode, Inode, SymlinkInode } from './inode.ts';
import { splitPath } from './path-parts.ts';

const MAXIMUM_LINKS_FOLLOWED = 40;

export interface Step {
  readonly name: string;
  readonly directory: DirectoryInode;
}

/** Where a path leads: the directories from the root down to the one that holds `name`. */
export interface Place {
  /** Empty for the root itself. */
  readonly trail: readonly Step[];
  readonly name: string;
  /** Undefined when the last part does not exist. */
  readonly inode: Inode | undefined;
}

/** The absolute path of a place, without links. */
export function placePath(place: Place): string {
  return `/${[...place.trail.slice(1).map((step) => step.name), place.name].filter((name) => name !== '').join('/')}`;
}

/** One walk from the root along a path. */
export class PathWalk {
  private readonly _path: string;
  private readonly _followLast: boolean;
  private readonly _root: Step;
  private _trail: Step[];
  private readonly _pending: string[];
  private _linksFollowed = 0;

  constructor(path: string, options: { readonly root: DirectoryInode; readonly followLast: boolean }) {
    this._path = path;
    this._followLast = options.followLast;
    this._root = { name: '', directory: options.root };
    this._trail = [this._root];
    this._pending = splitPath(path).reverse();
  }

  /** @throws {GuestFileError} `ENOENT` or `ENOTDIR` for the parts before the last, `ELOOP`. */
  end(): Place {
    for (let part = this._pending.pop(); part !== undefined; part = this._pending.pop()) {
      if (part === '..') {
        if (this._trail.length > 1) this._trail.pop();
        continue;
      }
      const place = this._advance(part);
      if (place) return place;
    }
    const { name, directory } = this._trail.pop() ?? this._root;
    return { trail: this._trail, name, inode: directory };
  }

  /** Takes one part; gives the place where the walk ends, unless it ends on a directory. */
  private _advance(name: string): Place | undefined {
    const inode = (this._trail.at(-1) ?? this._root).directory.entries.get(name);
    const isLast = this._pending.length === 0;
    if (inode?.type === 'directory') this._trail.push({ name, directory: inode });
    else if (inode?.type === 'symlink' && (this._followLast || !isLast)) this._follow(inode);
    else if (isLast) return { trail: this._trail, name, inode };
    else throw new GuestFileError(inode ? 'ENOTDIR' : 'ENOENT', this._path);
    return undefined;
  }

  private _follow(link: SymlinkInode): void {
    this._linksFollowed += 1;
    if (this._linksFollowed > MAXIMUM_LINKS_FOLLOWED) throw new GuestFileError('ELOOP', this._path);
    if (link.target.startsWith('/')) this._trail = [this._root];
    this._pending.push(...splitPath(link.target).reverse());
  }
}
