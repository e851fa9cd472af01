import type { Handler } from '../handler.ts'

export const showImportInfo: Handler<'showImportInfo'> = (_request, { imageImports }) => ({
  status: 200,
  body: {
    'import-methods': {
      description: 'Import methods available.',
      type: 'array',
      value: [...imageImports.methods],
    },
  },
})
