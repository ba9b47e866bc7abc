/** Calls `release` once the response was sent or the client is gone. */
export function releaseAfter(response: Response, release: () => Promise<void>): Response {
  if (response.body === null) {
    void release();
    return response;
  }
  const reader = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      await release();
    },
    async cancel(reason) {
      await release();
      await reader.cancel(reason);
    },
  });
  return new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>, response);
}
