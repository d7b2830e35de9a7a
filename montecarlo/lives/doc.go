// Package lives simulates the lives of the children of a programme and counts
// them into a contract.Tally.
package lives
