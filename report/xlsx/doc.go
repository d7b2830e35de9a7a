// Package xlsx writes a version of a programme as a workbook that a finance officer can
// follow from expected weeks to net saving, and price again.
//
// The central projection is worked out in the workbook, by formulas that follow the
// contract's rules step by step: expected units × price of a unit × share, caps, grants,
// payers and their caps; expected weeks × unit cost, what is avoided, what is cashable.
// As written it equals the library's central projection to the penny, and a changed
// tariff, unit cost, cashable share, payer share, cap or index gives what the library
// would give. Expected units and weeks, means, ranges and chances over replications are
// values: they need the programme again, and say so.
//
// One column is one quarter on every sheet. Amounts are worked out in whole pence;
// largest remainders stand in helper rows. Formulas use only functions of LibreOffice
// 7.4 and of Excel since 2007. Nothing is hidden, no cells are merged, no colour carries
// a meaning, and no text can become a formula.
//
// The files are named for the sheets that they describe; sheet.go and axis.go hold the
// description, calc.go works formulas out, write.go writes.
package xlsx
