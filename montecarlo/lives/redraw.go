package lives

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/numbered"
	"github.com/edgeofcare/edgeofcare/model"
)

// The tables of a programme are made in two steps. The first settles everything
// but the rates, from a copy of the programme in which every probability is
// replaced by its number; the second fills the rates in. A parameter draw, which
// has other rates in the same places, repeats the second step alone, which takes
// microseconds and allocates nothing.

// checkRow returns why a row's rates, listed by number, are not probabilities at which
// a life ends. Pieces in which no child can ever be are held to it too.
func checkRow(r *numbered.Row, p *model.Programme, rates []float64) error {
	for _, piece := range r.Moves {
		sum := 0.0
		for _, m := range piece.Moves {
			rate := rates[int(m.Probability)]
			if !(rate >= 0 && rate <= 1) {
				return fmt.Errorf("%s: a probability of %v: it must be from 0 to 1", nameOfRow(r, p), rate)
			}
			sum += rate
		}
		if sum > 1+1e-12 {
			return fmt.Errorf("%s: the probabilities of leaving add up to %v: they must be 1 or less", nameOfRow(r, p), sum)
		}
	}
	return nil
}

// nameOfRow says whose row it is and out of which state.
func nameOfRow(r *numbered.Row, p *model.Programme) string {
	switch {
	case r.Cohort < 0:
		return r.State
	case r.State == "":
		return fmt.Sprintf("cohort %q, %s", p.Cohorts[r.Cohort].Name, p.Cohorts[r.Cohort].PlannedState)
	}
	return fmt.Sprintf("cohort %q, %s", p.Cohorts[r.Cohort].Name, r.State)
}

// Redraw takes the rates of another programme of the same structure: the
// probabilities of every move and of a start, and the numbers of children. The
// weeks, states, rows and terms of cohorts must be the same; the contract is not
// looked at. It takes microseconds and allocates nothing.
//
// The error names what differs, or a rate that is not a probability; the tables
// are then as they were. No simulator may be at work on the tables meanwhile, and
// the programme must not be changed while they are in use.
func (t *Tables) Redraw(p *model.Programme) error {
	if err := t.sameStructure(p); err != nil {
		return err
	}
	if err := t.collect(p); err != nil {
		return fmt.Errorf("%w: make new tables", err)
	}
	if err := t.check(p); err != nil {
		return err
	}
	t.fill(p)
	return nil
}

func sameCapacity(a, b model.Capacity) bool {
	return a.StartsPerQuarter == b.StartsPerQuarter && a.Lapse == b.Lapse && slices.Equal(a.Cohorts, b.Cohorts)
}

// sameStructure returns why the rates of a programme do not fit into the tables.
func (t *Tables) sameStructure(p *model.Programme) error {
	was := t.programme
	if p == nil {
		return errors.New("there is no programme to take rates from")
	}
	if p.Weeks != was.Weeks || p.Start != was.Start || len(p.Background) != len(was.Background) || len(p.Cohorts) != len(was.Cohorts) ||
		!slices.Equal(p.States, was.States) || p.Ages != was.Ages || !sameCapacity(p.Capacity, was.Capacity) {
		return fmt.Errorf("the programme differs in weeks, states, rows, cohorts, ages or capacity from the one that the tables were made for: make new tables")
	}
	for i := range p.Cohorts {
		a, b := &p.Cohorts[i], &was.Cohorts[i]
		if a.Name != b.Name || a.StartState != b.StartState || a.PlannedState != b.PlannedState || alreadyThere(a, p) != b.AlreadyThere ||
			min(a.Lag, p.Weeks) != b.Lag || min(a.Tracking, p.Weeks) != b.Tracking || a.HoldUntilStart != b.HoldUntilStart ||
			len(a.Background) != len(b.Background) || !sameCalendar(&a.Referrals, &b.Referrals) {
			return fmt.Errorf("cohort %q differs in its terms from the one that the tables were made for: make new tables", a.Name)
		}
	}
	return nil
}

func sameCalendar(a, b *model.Referrals) bool {
	return a.Law == b.Law && a.First == b.First && a.Last == b.Last && a.Ramp == b.Ramp && slices.Equal(a.Pauses, b.Pauses)
}

// collect lists the probabilities of a programme by number. The error says that they
// are not in the same places.
func (t *Tables) collect(p *model.Programme) (err error) {
	t.rates = t.rates[:0]
	for i := range t.programmeRows {
		if t.rates, err = t.programmeRows[i].Collect(p, t.rates); err != nil {
			return err
		}
	}
	return nil
}

// check returns which of the collected rates the tables cannot be filled with.
func (t *Tables) check(p *model.Programme) error {
	for i := range t.cohorts {
		m := &p.Cohorts[i]
		if children := m.Referrals.Children; !(children >= 0 && children <= math.MaxInt32) || !(m.StartProbability >= 0 && m.StartProbability <= 1) {
			return fmt.Errorf("cohort %q: %v children, of whom a share of %v starts", m.Name, children, m.StartProbability)
		}
	}
	for i := range t.programmeRows {
		if err := checkRow(&t.programmeRows[i], p, t.rates); err != nil {
			return err
		}
	}
	return nil
}

// fill takes the rates that were collected, and the programme's own for the
// engines that read it.
func (t *Tables) fill(p *model.Programme) {
	own := t.programme
	own.Background = p.Background
	for i := range t.moves {
		t.moves[i].fill(t.rates)
	}
	for i := range t.cohorts {
		c, m, mine := &t.cohorts[i], &p.Cohorts[i], &own.Cohorts[i]
		mine.Background, mine.Failure, mine.Referrals, mine.StartProbability = m.Background, m.Failure, m.Referrals, m.StartProbability
		c.children, c.startProbability = m.Referrals.Expected(), m.StartProbability
		if c.curves != nil {
			c.curves.fill(c)
		}
	}
}
