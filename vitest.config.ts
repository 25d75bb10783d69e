import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The runner itself hardly works: every core may test.
    maxWorkers: '100%',
    // Files of a worker share what they import: the whole house, which takes longer to load than most files to test.
    isolate: false,
  },
})
