// Package words writes figures and phrases as people read them: numbers with
// thousands separated, money, percentages, lists, plurals, and text that fits a
// width or a spreadsheet.
//
// Everything that the module prints passes through here, so that one figure
// reads alike in a table, a chart, a warning and an error. The package knows
// nothing of contracts: what a figure is, and how exactly it is worth saying, is
// for the caller to know.
//
//	number.go   numbers, percentages and rates
//	money.go    amounts of money
//	currency.go the currency of an amount
//	phrase.go   lists, units in the singular and plural, capital letters
//	text.go     lines of a width, cells of a spreadsheet
//
// Numbers are rounded half away from zero where no decimals are shown, as a
// spreadsheet does it. A figure that rounds to nothing has no sign: "0", not
// "-0". The sign stands before the currency: "-£1,200".
package words
