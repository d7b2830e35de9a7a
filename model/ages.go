package model

import "math"

// Ages is the law of age at referral: uniform in days over [From, To) years of
// [DaysPerYear] days. The zero value means that ages are not modelled and no one
// turns 18.
type Ages struct {
	From float64 `json:"from"` // years
	To   float64 `json:"to"`   // years
}

// None reports whether ages are not modelled.
func (a Ages) None() bool { return a == Ages{} }

// Days returns the ages in days that a child may have on the first day of the
// referral week: every whole day in [from, to) is equally likely.
func (a Ages) Days() (from, to int) {
	return int(math.Ceil(a.From * DaysPerYear)), int(math.Ceil(a.To * DaysPerYear))
}

func (v *validation) ages() {
	a := v.p.Ages
	ordered := a.None() || (a.From >= 0 && a.From < a.To && a.To <= 18)
	v.need(ordered, "ages at referral",
		"from %v to %v: ages must run from 0 or more to 18 or less, the first below the second", a.From, a.To)
	from, to := a.Days()
	v.need(!ordered || a.None() || from < to, "ages at referral",
		"there is no whole day of age between %v and %v years: they must be at least a day apart", a.From, a.To)
}
