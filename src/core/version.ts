/** Version of this tool, as in package.json (a test holds them equal). */
export const toolVersion = '0.1.0'
