// Package report turns results into tables that people read and files that
// programs read.
//
// A [Table] is a heading, columns, rows and notes. It can be written as aligned
// text for a terminal, as Markdown, or as CSV. [Compare], [Run], [Quarters],
// [Budgets], [Drawdowns], [Programme] and [Register] build the tables that the
// command line prints for those who pay for outcomes, and [Invest], [CashFlow],
// [Stresses], [Reversed] and [Sizes] those for whoever puts up the capital.
// [Figures] and [InvestFigures] write every figure as one tidy CSV row, for a
// spreadsheet; [StressFigures], [ReversedFigures] and [SizeFigures] are tables of
// bare numbers for the same purpose.
//
// Every table about capital says in its title whether the costs of delivery that
// it rests on are assumed or published, as the programme's register has it.
//
// Text that goes into a CSV cell can never become a formula: a cell of text
// that begins with =, +, -, @, a tab or a line break gets an apostrophe before
// it. Figures are left as figures.
package report
