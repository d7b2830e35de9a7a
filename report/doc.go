// Package report turns results into tables that people read and files that
// programs read.
//
// A [Table] is a heading, columns, rows and notes. It can be written as aligned
// text for a terminal, as Markdown, or as CSV. [Compare], [Run], [Quarters],
// [Budgets], [Programme] and [Register] build the tables that the command line
// prints; [Figures] writes every figure of a result as one tidy CSV row, for a
// spreadsheet.
//
// Text that goes into a CSV cell can never become a formula: a cell of text
// that begins with =, +, -, @, a tab or a line break gets an apostrophe before
// it. Figures are left as figures.
package report
