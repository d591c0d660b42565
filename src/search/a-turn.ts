/** Everything else in this thread has its turn first. */
export const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
