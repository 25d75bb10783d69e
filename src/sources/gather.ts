/**
 * Bytes that are here already with those that follow, until there are so many or the stream is over.
 * @param chunks what is read on; chunks that were taken are gone from it.
 */
export async function gathered(
  here: Buffer,
  chunks: AsyncIterator<Uint8Array>,
  least: number,
): Promise<{ readonly bytes: Buffer; readonly over: boolean }> {
  const parts: Uint8Array[] = [here]
  let over = false
  for (let length = here.length; length < least && !over; ) {
    const { done, value } = await chunks.next()
    over = done === true
    if (done) break
    parts.push(value)
    length += value.length
  }
  return { bytes: parts.length === 1 ? here : Buffer.concat(parts), over }
}
