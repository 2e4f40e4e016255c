export * from './generated/abis.ts'
export * from './generated/constants.ts'
export * from './generated/typedData.ts'
