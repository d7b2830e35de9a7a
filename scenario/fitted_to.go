package scenario

// fittedTo is the last day of what a value was fitted to, beside the value:
//
//	fitted to: 2024-06-30
const fittedTo = "fitted to"
