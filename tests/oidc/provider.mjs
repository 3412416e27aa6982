// A real provider of identities (oidc-provider, certified): node provider.mjs PORT CLIENT SECRET REDIRECT_URI
// Anybody may sign in there under any login.
import Provider from "oidc-provider";

const [port, client, secret, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirect], grant_types: ["authorization_code"] }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["preferred_username"], email: ["email", "email_verified"] },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_, login) => ({
    accountId: login,
    claims: () => ({
      sub: login,
      preferred_username: login,
      email: `${login}@example.vn`,
      email_verified: login.startsWith("verified"),
    }),
  }),
});

provider.listen(Number(port), "127.0.0.1");
