/** Trello's way to say no: a status and a plain text. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

/** Also the answer where the token cannot see the thing: it never says which of the two. */
export const notFound = (): Refusal => new Refusal(404, 'The requested resource was not found.')

export const invalidId = (): Refusal => new Refusal(400, 'invalid id')

export const invalidValue = (name: string): Refusal => new Refusal(400, `invalid value for ${name}`)
