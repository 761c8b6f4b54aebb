/** The part of @ffmpeg/core (Emscripten) that the decoder uses; the package ships no types. */
export interface FfmpegCore {
  FS: FfmpegFs;
  /** Exit status of the last run. */
  ret: number;
  exec(...args: string[]): void;
  ffprobe(...args: string[]): void;
  setTimeout(ms: number): void;
  setLogger(logger: (line: { type: 'stdout' | 'stderr'; message: string }) => void): void;
}

export interface FfmpegFs {
  ErrnoError: new (code: number) => Error;
  createNode(parent: FsNode | null, name: string, mode: number): FsNode;
  mkdir(path: string): void;
  mount(type: object, options: object, path: string): void;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, operations: object): void;
  mkdev(path: string, device: number): void;
}

export interface FsNode {
  id: number;
  mode: number;
}
