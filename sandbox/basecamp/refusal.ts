/** Answers that are none, in the vendor's shapes (https://github.com/basecamp/bc-api#handling-errors). */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly body: unknown
  readonly headers: Record<string, string>

  /** `body`: JSON, or words where it is a text. */
  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`${status}`)
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export const notFound = () => new Refused(404, { status: 404, error: 'Not Found' })
export const forbidden = () => new Refused(403, { error: 'Forbidden' })
export const invalid = (field: string, why = "can't be blank") => new Refused(422, { errors: { [field]: [why] } })
