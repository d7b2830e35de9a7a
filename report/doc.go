// Package report says what results mean: tables that people read and files that
// programs read.
//
// Each function lays out one page that the command line prints. [FirstScreen] and
// [Council] are for members and finance officers, [Compare], [Run], [Bids],
// [Benchmark], [Programme] and [Backtest] for all who pay for outcomes, [Invest], [Stresses], [StressGrid], [Reversed] and [Sizes] for those who put up the
// capital, and [Explain] says what a figure of any of them is. A page is a list of
// tables, and [Write] writes them as text that fits a width, as Markdown, as CSV or
// as JSON.
//
// A [Table] is typed all the way down. A column holds words or figures, and may be
// a detail that only some readers want. A row is a heading, a row or a part of the
// row above it. A [Cell] holds the figure as it was worked out, its unit, its
// standard error or the ends of its range, how far it can be relied on, and the
// text that people read, which is made last and read back by nobody.
//
// A page may end with tables for a spreadsheet, which have every figure of the
// results in a row or a column of its own with its unit: see Table.Sheet. They
// are what CSV has.
//
// Every table about capital says below its title whether the costs of delivery
// that it rests on are assumed or published, as the programme's register has it.
//
// Text that goes into a CSV cell can never become a formula: a cell of text
// that begins with =, +, -, @, a tab or a line break gets an apostrophe before
// it. Figures are left as figures.
//
// The files are named for what they lay out:
//
//	table.go, cell.go                  tables, and cells from figures
//	format.go, text.go, widths.go, markdown.go, htmltables.go, csv.go  the writers
//	titles.go, notes.go                what a page is about, how its figures were made, warnings, cautions
//	firstscreen.go, councilpage.go, together.go, morethan.go, restson.go, todate.go, threefigures.go
//	run.go, quarters.go, affordable.go, drawdown.go, budgets.go, compare.go
//	bids.go, benchmark.go, benchmarkfigures.go, backtest.go, backtestnotes.go, forecasts.go, explain.go
//	programme.go, terms.go, metricwords.go
//	invest.go, investlines.go, returns.go, investnotes.go, repayment.go, cash.go
//	costsource.go, solvedfor.go        where costs of delivery come from
//	stress.go, grid.go, reverse.go, size.go, sizenotes.go
//	sheet.go, investsheet.go, sizesheet.go  every figure, for a spreadsheet
package report
