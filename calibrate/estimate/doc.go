// Package estimate turns what was seen of children into the weekly moves of a
// programme file, with how well they are known.
//
// What is seen is spells: one stay of one child in one state, with exact days and
// what came next. Everything starts from a table that anyone can check:
//
//	table, err := estimate.Count(spells, estimate.Settings{InState: []int{13, 52}})
//	rates := estimate.Rates(table, 10) // a hazard needs ten moves of its own
//	rows, err := estimate.Rows(estimate.Suppress(rates))
//
// # What is counted
//
// [Count] divides stays at exact birthdays, weeks in the state and periods, and gives
// time at risk, in child-weeks, and moves. A child who was already there when the
// records begin is at risk from then on only. At 18 every clock stops: leaving then is
// no move, so exits at 18 do not raise the rates of 16 and 17 year olds. What is not in
// the counts is counted too: [Left]. Days are exact or, with Settings.Weekly, those of a
// weekly grid.
//
// # What is estimated
//
// [Rates] gives a hazard for each destination, with a 95% interval, and the weekly
// probability that follows. [Memoryless] tests whether one rate will do for the whole
// stay. [Curves] draws what was seen beside what was fitted. [Rows] writes transitions,
// and [Suppress] takes counts of 1 to 5 out of them, and those that would give one away.
//
// Intervals take stays as independent. A child with many stays, or a council in which
// rates drift, makes them too narrow; ages, cohorts and periods in [Settings] show how
// far rates differ. Where only the status at visits is known there is [Panel].
//
// # A matrix of another cycle
//
// A published table of where children are after a quarter or a year mixes moves of many
// weeks, and no cell of it can be converted by itself. [WeeklyMatrix] takes the root of
// the whole matrix, or refuses with the nearest matrix that a week can have.
//
//	spell.go    a stay, and where it is cut
//	read.go     spells from CSV
//	weeks.go    stays on a weekly grid
//	count.go    counts and time at risk
//	rates.go    hazards, intervals, pooling
//	small.go    small counts, and what gives them away
//	memory.go   the test of memorylessness
//	curve.go    Kaplan-Meier and Aalen-Johansen beside the fit
//	rows.go     transitions of a programme file
//	matrix.go   the weekly root of a matrix
//	panel.go    hazards from the status at visits
package estimate
