/** Signing in, and the ways to get there. */
export const signInWords = {
  signIn: {
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    go: 'Sign in',
    failed: 'You are not signed in yet',
    wrong: 'E-mail and password do not go together. Check both; capitals count.',
    tooMany: 'That was tried too often. Wait a minute, then try again.',
    forgot: 'Forgot the password',
    or: 'or',
    link: 'Mail me a link',
    linkNeedsEmail: 'Fill in your e-mail first.',
    linkSent: (email: string) =>
      `If ${email} has an account here, a link is on its way. It works once, for 15 minutes.`,
    linkFailed: 'The link was not sent',
    with: (name: string) => `Sign in with ${name}`,
    withFailed: (name: string) => `${name} could not be reached`,
    noOwner: 'This hub has no owner yet',
    noOwnerWhy: 'When it started, it printed a link in its terminal. Whoever opens that link first becomes the owner.',
    from: 'That did not work. A link may be too old or used already; elsewhere, only invited addresses get in.'
  },
  forgot: {
    title: 'A new password',
    sub: 'We mail you a link; it lets you choose a new one.',
    go: 'Mail me a link',
    failed: 'The link was not sent',
    sent: (email: string) => `If ${email} has an account here, a link is on its way. It works once, for 15 minutes.`,
    noMail: 'This hub can’t send mail',
    noMailWhy: 'Ask an owner: in Settings they can remove your account and invite you anew, and give you the link.',
    back: 'Back to sign in'
  },
  reset: {
    title: 'Choose a new password',
    password: 'New password',
    go: 'Save the password',
    failed: 'The password was not saved',
    done: 'Password saved',
    old: 'This link no longer works',
    oldWhy: 'It was used already, or more than 15 minutes have passed.',
    again: 'Get a new link'
  },
  join: {
    title: 'You are invited',
    sub: (invitedBy: string, role: string, email: string) => `${invitedBy} invited ${email} as ${role.toLowerCase()}.`,
    name: 'Your name',
    go: 'Join',
    failed: 'You have not joined yet',
    old: 'This invitation no longer works',
    oldWhy: 'It was used already, taken back, or is too old. Ask whoever invited you for a new one.',
    toSignIn: 'Sign in'
  },
  first: {
    title: 'Make yourself the owner',
    sub: 'The owner may do everything, and invites the others. You can hand this over later.',
    go: 'Make the account',
    failed: 'The account was not made',
    taken: 'This hub has an owner already',
    takenWhy: 'The link works once. Sign in, or ask the owner to invite you.'
  },
  passwordHint: (least: number) => `At least ${least} characters; a few words make a good one.`,
  passwordShow: 'Show or hide the password'
}
