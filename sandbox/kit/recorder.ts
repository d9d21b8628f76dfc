/** What was asked and answered, for tests to look at. Credentials are kept as they travelled: nothing here is real. */

export interface RequestLine {
  at: string
  method: string
  /** Below the base of the API, without the query. */
  path: string
  query: string
  headers: Record<string, string | string[] | undefined>
  body: string
  /** `GET /boards/{id}` or `query Boards`; null where no route fits. */
  template: string | null
  /** Null while unanswered, and for good where the connection was dropped. */
  status: number | null
}

/** One request with its answer, as a specification can be held against it. */
export interface Exchange {
  method: string
  path: string
  query: string
  body: unknown
  status: number
  type: 'json' | 'text'
  answer: unknown
}

const LINES = 2000
const LONGEST_BODY = 20_000

export class Recorder {
  total = 0
  #byTemplate: Record<string, number> = {}
  #inner: Record<string, number> = {}
  #byStatus: Record<string, number> = {}
  #lines: RequestLine[] = []
  #exchanges: (Omit<Exchange, 'answer'> & { answer: string })[] = []
  /** How many exchanges to keep; 0 keeps none. */
  keep = 0

  begin(line: Omit<RequestLine, 'status'>): RequestLine {
    this.total += 1
    const template = line.template ?? 'unknown'
    this.#byTemplate[template] = (this.#byTemplate[template] ?? 0) + 1
    const kept: RequestLine = { ...line, body: line.body.slice(0, LONGEST_BODY), status: null }
    this.#lines.push(kept)
    if (this.#lines.length > LINES * 2) this.#lines = this.#lines.slice(-LINES)
    return kept
  }

  /** A read inside a batch. */
  inner(template: string | null): void {
    this.#inner[template ?? 'unknown'] = (this.#inner[template ?? 'unknown'] ?? 0) + 1
  }

  end(line: RequestLine, status: number): void {
    line.status = status
    this.#byStatus[status] = (this.#byStatus[status] ?? 0) + 1
  }

  exchange(exchange: Omit<Exchange, 'answer'> & { answer: string }): void {
    if (this.keep === 0) return
    this.#exchanges.push(exchange)
    if (this.#exchanges.length > this.keep) this.#exchanges.shift()
  }

  exchanges(): Exchange[] {
    return this.#exchanges.map((one) => ({ ...one, answer: one.type === 'json' ? JSON.parse(one.answer) : one.answer }))
  }

  summary(last: number) {
    return {
      total: this.total,
      byTemplate: this.#byTemplate,
      byStatus: this.#byStatus,
      inner: this.#inner,
      last: last === 0 ? [] : this.#lines.slice(-Math.min(last, LINES))
    }
  }

  clear(): void {
    this.total = 0
    this.#byTemplate = {}
    this.#inner = {}
    this.#byStatus = {}
    this.#lines = []
    this.#exchanges = []
  }
}
