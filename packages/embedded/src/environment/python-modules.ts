import { words } from './listed-lacks.ts';

/** The modules of Python's standard library that programs can import, without internal modules. */
export const PYTHON_MODULES: readonly string[] = [
  'abc aifc argparse array ast asyncio atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi',
  'cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy',
  'copyreg crypt csv dataclasses datetime dbm decimal difflib dis doctest email encodings enum errno faulthandler filecmp',
  'fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac',
  'html http imaplib imghdr importlib inspect io ipaddress itertools json keyword linecache locale logging mailbox mailcap',
  'marshal math mimetypes modulefinder netrc nntplib ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle',
  'pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pwd py_compile pyclbr pydoc pyexpat',
  'queue quopri random re reprlib runpy sched secrets select selectors shelve shlex shutil signal site smtplib sndhdr socket',
  'socketserver sqlite3 sre_compile sre_constants sre_parse stat statistics string stringprep struct subprocess sunau symtable',
  'sys sysconfig tabnanny tarfile telnetlib tempfile textwrap this threading time timeit token tokenize tomllib trace traceback',
  'tracemalloc types typing unicodedata unittest urllib uuid warnings wave weakref wsgiref xml xmlrpc zipapp zipfile zipimport',
  'zlib zoneinfo',
].flatMap(words);
