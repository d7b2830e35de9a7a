package lives

import (
	"math"

	"github.com/edgeofcare/edgeofcare/internal/keyed"
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
	forNumber       = keyed.Purpose("children", "number")
	forWeek         = keyed.Purpose("child", "referral week")
	forCommissioner = keyed.Purpose("child", "commissioner")
	forAge          = keyed.Purpose("child", "age")
	forStart        = keyed.Purpose("child", "start")
	forPlainLaw     = keyed.Purpose("child", "plain engine")
)

// number is how many children are referred in a replication.
func (c *cohort) number(replication uint64) int {
	key := keyed.Mix(replication ^ c.key ^ forNumber)
	if c.law == model.Poisson {
		// The number of arrivals of a unit-rate process before time children:
		// exact, and more children in expectation only ever adds some.
		n, time := 0, 0.0
		for {
			time -= math.Log(keyed.Unit(keyed.Word(key, uint64(n)*keyed.Golden)))
			if time > c.children {
				return n
			}
			n++
		}
	}
	whole, fraction := math.Modf(c.children)
	if keyed.Unit(key) < fraction {
		whole++
	}
	return int(whole)
}

// draw makes the draws of a child that do not depend on the path.
func (s *Simulator) draw(c *cohort, key uint64) {
	s.child.key = key
	s.child.week = c.first + c.week.draw(keyed.Unit(keyed.Word(key, forWeek)))
	s.child.commissioner = s.tables.commissioner.draw(keyed.Unit(keyed.Word(key, forCommissioner)))
	s.child.weeks = s.tables.weeks - s.child.week
	if c.ages {
		s.child.age = c.ageFrom + int(keyed.Unit(keyed.Word(key, forAge))*float64(c.ageTo-c.ageFrom))
		s.child.weeks = min(s.child.weeks, model.WeeksBefore18(s.child.age)+c.birthdaySlip)
	}
	s.child.starts = keyed.Unit(keyed.Word(key, forStart)) < c.startProbability
	s.child.lag, s.child.planned = c.lag, &c.placements[0]
	s.child.open = min(c.lag, s.child.weeks)
}
