// Package finance turns a ledger into what a finance officer works with:
// budgets by financial year and present values.
//
// A contract.Ledger says quarter by quarter who pays what and what care costs.
// [Budgets] adds it up by commissioner and financial year, April to March,
// exactly, in £. [PresentValue] discounts a series over quarters to the start
// of the programme with the factors of [Factors].
//
// # Figures that are not the same
//
//   - Gross avoided is what care would have cost less what it costs, in the
//     tracking window. Most of it is not money that can be taken out of a
//     budget.
//   - Cashable is the part of it that releases money already budgeted.
//   - Net saving to a commissioner is gross avoided less its own payments, and
//     net cashable is cashable less its own payments. What other payers pay of
//     its claims costs it nothing; a net public figure takes that off too.
//
// Each may be negative, and is then shown so.
//
// # Dates
//
// A quarter belongs to the financial year that holds it: January to March 2021
// is the last quarter of 2020/21. For discounting, the flows of a quarter fall
// on its last day, counted in days from the programme's start, and a year has
// 365 of them. Amounts are in whatever prices the programme is in: discount
// constant prices at a real rate. The undiscounted sum belongs beside every
// present value.
//
// # What it does not do
//
// Claims are not yet paid some days after the end of the quarter, and there are
// no delivery costs, no capital and no rates of return. Nothing here knows a
// child, a trigger or a random number.
package finance
