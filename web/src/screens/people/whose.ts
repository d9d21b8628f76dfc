/** Saying whose an account is, each with its way back. */
import { useMutation } from '@tanstack/react-query'
import { change } from '../../api/query.ts'
import { done } from '../../parts/done.tsx'
import { peopleWords } from '../../words/people.ts'

export interface AnAccount {
  id: string
  name: string
}

const words = peopleWords.done

export function useWhose() {
  const link = useMutation(change('put', '/api/people/{email}/accounts/{account}'))
  const part = useMutation(change('delete', '/api/accounts/{account}/person'))
  const open = useMutation(change('put', '/api/accounts/{account}/open'))
  const asking = [link, part, open]
  const goBack = ({ id }: AnAccount) => open.mutateAsync({ path: { account: id } })
  return {
    busy: asking.some(({ isPending }) => isPending),
    error: asking.find(({ error }) => error)?.error ?? null,
    /** `nobody`: somebody had said that it is nobody's; that is what undo goes back to. */
    theirs(account: AnAccount & { nobody?: boolean }, person: { name: string; email: string }) {
      link.mutate(
        { path: { email: person.email, account: account.id } },
        {
          onSuccess: () =>
            done(words.linked(account.name, person.name), () =>
              account.nobody ? part.mutateAsync({ path: { account: account.id } }) : goBack(account)
            )
        }
      )
    },
    /** `before`: the address of whose it was by somebody's word; without it the account goes back to where its own address puts it. */
    nobodys(account: AnAccount, before?: string) {
      part.mutate(
        { path: { account: account.id } },
        {
          onSuccess: () =>
            done(words.apart(account.name), () =>
              before === undefined
                ? goBack(account)
                : link.mutateAsync({ path: { email: before, account: account.id } })
            )
        }
      )
    },
    askAgain(account: AnAccount) {
      open.mutate(
        { path: { account: account.id } },
        {
          onSuccess: () => done(words.open(account.name), () => part.mutateAsync({ path: { account: account.id } }))
        }
      )
    }
  }
}
