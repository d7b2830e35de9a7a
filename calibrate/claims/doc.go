// Package claims reads what a council knows of its programme today: what has been claimed
// to date, and the children who are in placement or waiting.
//
// # Claims
//
// A CSV file with one row for each amount and these columns, in any order:
//
//	quarter      Q1 2022/23 or, for the same three months, 2022Q2
//	week ending  or the last day of one week: 2022-04-10 or 10/04/2022
//	metric       as the programme calls it; left out where claims are not told apart by it
//	council      likewise
//	amount       in £, with pence or without: 16689, 16,689.00 or £16,689
//
// Each row has a quarter or the end of a week. A week belongs to the quarter that holds
// its last day. A column that is there has something in every row, so that no amount can
// be part of another. [Quarters] adds rows up, says which weeks of a quarter have no
// claim, and which lines a quarter has no row for while others have.
//
// # Caseload
//
// A CSV file with one row for each child, or for several who are alike:
//
//	cohort                as the programme calls it
//	council               as the programme calls it
//	weeks in placement    whole weeks since the planned placement began, or
//	weeks since referral  of a child who waits for one
//	children              how many they are; 1 where it is left out
//
// Each row has one of the two numbers of weeks. No other column may be there, so that
// nothing that names a child is read, and no error repeats what a cell holds.
//
//	claim.go     claims
//	quarters.go  claims by quarter
//	caseload.go  children today
package claims
