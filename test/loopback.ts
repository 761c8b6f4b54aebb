import { type AddressInfo, connect, createServer } from 'node:net';

/** Whether this computer can talk to itself: a sandbox without any network can’t, and tests that need a server are left out there. */
export const hasLoopback = await new Promise<boolean>(resolve => {
  const server = createServer(socket => socket.end());
  const answer = (reached: boolean) => (): void => {
    server.close();
    resolve(reached);
  };
  server.on('error', answer(false));
  server.listen(0, '127.0.0.1', () => {
    connect((server.address() as AddressInfo).port, '127.0.0.1', answer(true)).on('error', answer(false));
  });
});
