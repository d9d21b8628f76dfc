/** An answer that is none, in the vendor's shape: `{"err":"…","ECODE":"…"}` (https://developer.clickup.com/docs/common_errors). */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The codes of the sheet; of `SANDBOX_…` nobody has seen the real ones. */
export const noHeader = () => new Refused(401, 'OAUTH_017', 'Authorization header required')
export const revoked = () => new Refused(401, 'OAUTH_025', 'Token invalid')
export const notAuthorised = () => new Refused(401, 'OAUTH_027', 'Team not authorized')
export const notFound = (what: string) => new Refused(404, 'SANDBOX_404', `${what} not found`)
export const bad = (why: string) => new Refused(400, 'SANDBOX_400', why)
