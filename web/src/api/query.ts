/**
 * Reading and changing through TanStack Query, typed from the API's paths:
 *
 *     const tasks = useQuery(get('/api/tasks', { query: { limit: 50 } }))
 *     const choose = useMutation(change('post', '/api/projects/choice'))
 *
 * Old rows stay while new ones load. What went wrong on our side of the line is asked again until the hub is back; a refusal (4xx) never is.
 */
import {
  infiniteQueryOptions,
  keepPreviousData,
  MutationCache,
  mutationOptions,
  QueryCache,
  QueryClient,
  queryOptions
} from '@tanstack/react-query'
import { ApiError, client } from './client.ts'
import { line } from './line.ts'
import type { paths } from './schema.d.ts'

type Method = 'get' | 'post' | 'put' | 'delete'
type Path<M extends Method> = { [P in keyof paths]: paths[P] extends { [K in M]: unknown } ? P : never }[keyof paths]
type Route<M extends Method, P extends Path<M>> = NonNullable<paths[P][M & keyof paths[P]]>
type Parameters<R> = R extends { parameters: infer T }
  ? { [K in keyof T as K extends 'path' | 'query' ? K : never]: T[K] }
  : unknown
type Body<R> = R extends { requestBody: { content: { 'application/json': infer B } } }
  ? { body: B }
  : R extends { requestBody?: { content: { 'application/json': infer B } } }
    ? { body?: B }
    : unknown

/** What a route takes: `path`, `query` and `body`, as far as it has them. */
export type Input<M extends Method, P extends Path<M>> = Tidy<Parameters<Route<M, P>> & Body<Route<M, P>>>
/** What a route answers. */
export type Output<M extends Method, P extends Path<M>> =
  Route<M, P> extends { responses: { 200: { content: { 'application/json': infer A } } } } ? A : never

type Tidy<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] }
type Optional<T> = Partial<T> extends T ? [input?: T] : [input: T]

/** Options of a query: pass them to `useQuery`, or to `queryClient.ensureQueryData`. */
export function get<P extends Path<'get'>>(path: P, ...[input]: Optional<Input<'get', P>>) {
  return queryOptions({
    queryKey: [path, input ?? {}] as const,
    queryFn: ({ signal }) => call('get', path, input as Given, signal) as Promise<Output<'get', P>>
  })
}

/** Options of an endless list: `next` says what to ask for after a page, null at the end. Pass them to `useInfiniteQuery`. */
export function pages<P extends Path<'get'>, Next>(
  path: P,
  { first, next }: { first: Input<'get', P>; next: (page: Output<'get', P>) => Next | null }
) {
  return infiniteQueryOptions({
    queryKey: [path, 'pages', first] as const,
    initialPageParam: {} as Next,
    queryFn: ({ pageParam, signal }) => {
      const given = first as Given
      return call('get', path, { ...given, query: { ...given?.query, ...(pageParam as object) } }, signal) as Promise<
        Output<'get', P>
      >
    },
    getNextPageParam: next
  })
}

/**
 * Options of a mutation. When it is done every list on the screen is read anew, as findings and figures hang on almost everything; `onSuccess` is yours.
 */
export function change<M extends 'post' | 'put' | 'delete', P extends Path<M>>(method: M, path: P) {
  return mutationOptions({
    mutationKey: [method, path],
    mutationFn: (input: Input<M, P>) => call(method, path, input as Given) as Promise<Output<M, P>>
  })
}

type Given = { path?: object; query?: object; body?: object } | undefined

async function call(method: Method, path: string, input: Given, signal?: AbortSignal): Promise<unknown> {
  const { body, ...params } = input ?? {}
  const ask = client[method.toUpperCase() as 'GET'] as unknown as (
    path: string,
    init: object
  ) => Promise<{ data: unknown }>
  const { data } = await ask(path, { params, ...(body ? { body } : {}), ...(signal ? { signal } : {}) })
  return data
}

export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      placeholderData: keepPreviousData,
      // The hub may well run on this very machine: no network is no reason not to ask.
      networkMode: 'always',
      staleTime: 10_000,
      retry: (failures, error) => error instanceof ApiError && error.passing && failures < PATIENCE,
      retryDelay: 2_000
    },
    mutations: { networkMode: 'always', retry: false }
  },
  queryCache: new QueryCache({
    onError(error, query) {
      // Whoever is no longer signed in is asked to, and comes back to the same address. But not while a page stands
      // with all it needs: what was typed on it would be gone.
      const over = error instanceof ApiError && error.status === 401 && query.state.data === undefined
      if (over && query.queryKey[0] !== ME) void queryClient.resetQueries({ queryKey: [ME] })
    }
  }),
  mutationCache: new MutationCache({
    onSuccess(_answer, _input, _context, mutation) {
      if (mutation.options.mutationKey) void queryClient.invalidateQueries()
    }
  })
})

/** Ten minutes: longer than a restart with migrations takes. */
const PATIENCE = 300

const ME = '/api/me' satisfies Path<'get'>

line.subscribe(() => {
  if (line.isUp()) void queryClient.invalidateQueries()
})
