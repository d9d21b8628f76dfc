/** Errors in Linear's shape: `extensions.type` in words, `extensions.code` as a constant. */
import { GraphQLError } from 'graphql'

export type RefusalType =
  | 'authentication error'
  | 'forbidden'
  | 'invalid input'
  | 'ratelimited'
  | 'graphql error'
  | 'usage limit exceeded'

export const refusal = (type: RefusalType, message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      type,
      code: type === 'ratelimited' ? 'RATELIMITED' : type.toUpperCase().replaceAll(' ', '_'),
      userError: type !== 'graphql error',
      userPresentableMessage: message
    }
  })
