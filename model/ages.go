package model

import "math"

// Ages is the law of age at referral: uniform in days over [From, To) years.
// A year is 365.25 days. The zero value means ages are not modelled and no one
// turns 18.
type Ages struct {
	From float64 `json:"from"` // years
	To   float64 `json:"to"`   // years
}

// None tells whether ages are not modelled.
func (a Ages) None() bool { return a == Ages{} }

// DaysPerYear is the length of a year of age.
const DaysPerYear = 365.25

// eighteen is the 18th birthday in days of age: the first day on which the
// child is 18.
var eighteen = int(math.Ceil(18 * DaysPerYear))

// Days returns the ages in days that a child may have on the first day of the
// referral week: every whole day in [from, to) is equally likely.
func (a Ages) Days() (from, to int) {
	return int(math.Ceil(a.From * DaysPerYear)), int(math.Ceil(a.To * DaysPerYear))
}

// WeeksBefore18 returns how many whole weeks from referral end before the 18th
// birthday of a child of that age, in days, on the first day of the referral
// week. Only those weeks count: in the next one the child has left care.
func WeeksBefore18(ageInDays int) int { return max(0, (eighteen-ageInDays)/7) }
