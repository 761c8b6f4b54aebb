import { createRequire } from 'node:module';

/**
 * Loads the native code of onnxruntime, apart from `vad.ts`: where it fails, Node 20 ends a process that imports it, whatever
 * catches the error.
 * @throws where it does not load
 */
export function proveOnnx(): void {
  createRequire(import.meta.url)('onnxruntime-node');
}
