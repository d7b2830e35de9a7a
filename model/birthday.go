package model

import "math"

// DaysPerYear is the length of a year of age.
const DaysPerYear = 365.25

// eighteen is the 18th birthday in days of age: the first day on which the
// child is 18.
var eighteen = int(math.Ceil(18 * DaysPerYear))

// WeeksBefore18 returns how many whole weeks from referral end before the 18th
// birthday of a child of that age, in days, on the first day of the referral
// week. Only those weeks count: in the next one the child has left care.
func WeeksBefore18(ageInDays int) int { return max(0, (eighteen-ageInDays)/7) }
