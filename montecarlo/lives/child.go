package lives

import (
	"math"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// child is one child's draws and the lives that follow from them.
type child struct {
	key          uint64
	week         int // of referral
	commissioner int
	age          int // on the first day of the referral week, in days; 0 where ages are not modelled
	// weeks is how many whole weeks are lived before the 18th birthday or
	// the horizon.
	weeks int
	// starts reports whether the child will start if still in the start state.
	starts bool
	// lag is the weeks from referral to the start: the cohort's, or more for a
	// child who waited for one.
	lag int
	// open is the weeks for which the case is open if the child does not start.
	open int
	// planned is the moves out of the planned state.
	planned *transitions

	without, with []contract.Stay // counterfactual and intervention
	independent   []contract.Stay // the counterfactual under independent lives
	start         int             // week since referral in which the planned state began; -1 if never
}

// The purposes of the words that are not about a state.
var (
	forNumber       = purpose("children", "number")
	forWeek         = purpose("child", "referral week")
	forCommissioner = purpose("child", "commissioner")
	forAge          = purpose("child", "age")
	forStart        = purpose("child", "start")
	forPlainLaw     = purpose("child", "plain engine")
)

// number is how many children are referred in a replication.
func (c *cohort) number(replication uint64) int {
	key := mix(replication ^ c.key ^ forNumber)
	if c.law == model.Poisson {
		// The number of arrivals of a unit-rate process before time children:
		// exact, and more children in expectation only ever adds some.
		n, time := 0, 0.0
		for {
			time -= math.Log(unit(word(key, uint64(n)*golden)))
			if time > c.children {
				return n
			}
			n++
		}
	}
	whole, fraction := math.Modf(c.children)
	if unit(key) < fraction {
		whole++
	}
	return int(whole)
}

// draw makes the draws of a child that do not depend on the path.
func (s *Simulator) draw(c *cohort, key uint64) {
	s.child.key = key
	s.child.week = c.first + c.week.draw(unit(word(key, forWeek)))
	s.child.commissioner = s.tables.commissioner.draw(unit(word(key, forCommissioner)))
	s.child.weeks = s.tables.weeks - s.child.week
	if c.ages {
		s.child.age = c.ageFrom + int(unit(word(key, forAge))*float64(c.ageTo-c.ageFrom))
		s.child.weeks = min(s.child.weeks, model.WeeksBefore18(s.child.age)+c.birthdaySlip)
	}
	s.child.starts = unit(word(key, forStart)) < c.startProbability
	s.child.lag, s.child.planned = c.lag, &c.placements[0]
	s.child.open = min(c.lag, s.child.weeks)
}
