package lives

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// The tables of a programme are made in two steps. The first settles everything
// but the rates, from a copy of the programme in which every probability is
// replaced by its number; the second fills the rates in. A parameter draw, which
// has other rates in the same places, repeats the second step alone, which takes
// microseconds and allocates nothing.

// writtenRow is a row of the programme as it is written: common to all cohorts, or
// of one of them.
type writtenRow struct {
	cohort int        // -1 for all
	state  string     // "" for a cohort's failure
	row    markov.Row // numbered
}

// in finds the row in a programme.
func (w *writtenRow) in(p *model.Programme) markov.Row {
	switch {
	case w.cohort < 0:
		return p.Background[w.state]
	case w.state == "":
		return p.Cohorts[w.cohort].Failure
	}
	return p.Cohorts[w.cohort].Background[w.state]
}

// same tells whether another row has its probabilities in the same places.
func (w *writtenRow) same(row markov.Row) bool {
	return slices.EqualFunc(w.row, row, func(a, b markov.Piece) bool {
		return a.Since == b.Since && a.In == b.In &&
			slices.EqualFunc(a.Moves, b.Moves, func(a, b markov.Move) bool { return a.To == b.To })
	})
}

// number returns a programme in which every probability is its number, and its
// rows in the order in which they are numbered.
func number(p *model.Programme) (*model.Programme, []writtenRow) {
	var rows []writtenRow
	next := 0
	numbered := func(cohort int, state string, row markov.Row) markov.Row {
		row = slices.Clone(row)
		for i := range row {
			row[i].Moves = slices.Clone(row[i].Moves)
			for j := range row[i].Moves {
				row[i].Moves[j].Probability = float64(next)
				next++
			}
		}
		rows = append(rows, writtenRow{cohort, state, row})
		return row
	}
	all := func(cohort int, table map[string]markov.Row) map[string]markov.Row {
		table = maps.Clone(table)
		for _, state := range slices.Sorted(maps.Keys(table)) {
			table[state] = numbered(cohort, state, table[state])
		}
		return table
	}
	q := *p
	q.Background, q.Cohorts = all(-1, p.Background), slices.Clone(p.Cohorts)
	for i := range q.Cohorts {
		c := &q.Cohorts[i]
		c.Background, c.Failure = all(i, c.Background), numbered(i, "", c.Failure)
	}
	return &q, rows
}

// course is the moves out of a state as the engines need them, piece by piece.
type course struct {
	phases  phases
	pieces  []piece    // the same as probabilities, for the plain engine
	origins [][]origin // by phase
}

// origin is a move of a phase: the number of its probability, and where it goes.
type origin struct{ number, to int }

// newCourse prepares a numbered row. One without pieces is a row in which nobody
// moves.
func newCourse(r markov.Row, index map[string]int) course {
	if len(r) == 0 {
		r = markov.Row{{}}
	}
	var c course
	for _, p := range r {
		one := piece{Piece: p}
		for _, m := range p.Moves {
			one.moves = append(one.moves, indexedMove{to: index[m.To], number: int(m.Probability)})
		}
		var origins []origin
		for _, m := range slices.SortedFunc(slices.Values(p.Moves), func(a, b markov.Move) int { return cmp.Compare(a.To, b.To) }) {
			origins = append(origins, origin{int(m.Probability), index[m.To]})
		}
		c.pieces, c.origins = append(c.pieces, one), append(c.origins, origins)
		c.phases = append(c.phases, phase{
			sinceFrom: p.Since.From, sinceTo: end(p.Since), inFrom: p.In.From, inTo: end(p.In),
			to: make(choice, 0, len(origins)),
		})
	}
	return c
}

// check reports rates at which a walk would never end.
func (c *course) check(rates []float64) error {
	for i := range c.pieces {
		sum := 0.0
		for _, m := range c.pieces[i].moves {
			rate := rates[m.number]
			if !(rate >= 0 && rate <= 1) {
				return fmt.Errorf("a probability of %v: it must be from 0 to 1", rate)
			}
			sum += rate
		}
		if sum > 1+1e-12 {
			return fmt.Errorf("the probabilities of leaving add up to %v: they must be 1 or less", sum)
		}
	}
	return nil
}

// fill works the hazards and destinations out from probabilities by number.
func (c *course) fill(rates []float64) {
	for i := range c.phases {
		leave := 0.0
		moves := c.pieces[i].moves
		for j := range moves {
			moves[j].probability = rates[moves[j].number]
			leave += moves[j].probability
		}
		f := &c.phases[i]
		f.to = cumulate(c.origins[i], rates, f.to[:0])
		f.hazard = hazard(leave)
		if len(f.to) == 0 {
			f.hazard = 0
		}
	}
}

// cumulate cumulates the shares of moves in order. Moves with probability 0 are
// left out.
func cumulate(moves []origin, rates []float64, into choice) choice {
	total := 0.0
	for _, m := range moves {
		total += rates[m.number]
	}
	sum := 0.0
	for _, m := range moves {
		if rate := rates[m.number]; rate > 0 {
			sum += rate
			into = append(into, share{uint32(math.Round(sum / total * (1 << destinationBits))), m.to})
		}
	}
	return into
}

// Redraw takes the rates of another programme of the same structure: the
// probabilities of every move, those of a start, and the numbers of children.
// States, rows and the terms of cohorts must be the same; what the contract says
// is not looked at. After an error the tables are as they were.
//
// No simulator may be at work on the tables meanwhile.
func (t *Tables) Redraw(p *model.Programme) error {
	if err := t.sameStructure(p); err != nil {
		return err
	}
	for i := range t.written {
		w := &t.written[i]
		row := w.in(p)
		if !w.same(row) {
			return fmt.Errorf("the moves out of %q are not between the same states in the same weeks as before", cmp.Or(w.state, "a planned placement"))
		}
	}
	t.collect(p)
	if err := t.check(p); err != nil {
		return err
	}
	t.fill(p)
	return nil
}

func sameCapacity(a, b model.Capacity) bool {
	return a.StartsPerQuarter == b.StartsPerQuarter && a.Lapse == b.Lapse && slices.Equal(a.Cohorts, b.Cohorts)
}

// sameStructure reports what rates cannot be read into the tables.
func (t *Tables) sameStructure(p *model.Programme) error {
	was := t.programme
	if p.Weeks != was.Weeks || p.Start != was.Start || len(p.Background) != len(was.Background) || len(p.Cohorts) != len(was.Cohorts) ||
		!slices.Equal(p.States, was.States) || p.Ages != was.Ages || !sameCapacity(p.Capacity, was.Capacity) {
		return fmt.Errorf("the programme has other weeks, states, rows, cohorts, ages or capacity than the one that the tables were made for")
	}
	for i := range p.Cohorts {
		a, b := &p.Cohorts[i], &was.Cohorts[i]
		if a.Name != b.Name || a.StartState != b.StartState || a.PlannedState != b.PlannedState || a.AlreadyThere != b.AlreadyThere ||
			min(a.Lag, p.Weeks) != b.Lag || min(a.Tracking, p.Weeks) != b.Tracking || a.HoldUntilStart != b.HoldUntilStart ||
			len(a.Background) != len(b.Background) || !sameCalendar(&a.Referrals, &b.Referrals) {
			return fmt.Errorf("cohort %q has other terms than the one that the tables were made for", a.Name)
		}
	}
	return nil
}

func sameCalendar(a, b *model.Referrals) bool {
	return a.Law == b.Law && a.First == b.First && a.Last == b.Last && a.Ramp == b.Ramp && slices.Equal(a.Pauses, b.Pauses)
}

// collect lists the probabilities of a programme by number.
func (t *Tables) collect(p *model.Programme) {
	t.rates = t.rates[:0]
	for i := range t.written {
		for _, piece := range t.written[i].in(p) {
			for _, m := range piece.Moves {
				t.rates = append(t.rates, m.Probability)
			}
		}
	}
}

// check reports what the tables cannot be filled with.
func (t *Tables) check(p *model.Programme) error {
	for i := range t.cohorts {
		c, m := &t.cohorts[i], &p.Cohorts[i]
		if children := m.Referrals.Children; !(children >= 0 && children <= math.MaxInt32) || !(m.StartProbability >= 0 && m.StartProbability <= 1) {
			return fmt.Errorf("cohort %q: %v children, of whom a share of %v starts", m.Name, children, m.StartProbability)
		}
		for state := range c.rows {
			if err := c.rows[state].check(t.rates); err != nil {
				return fmt.Errorf("cohort %q, %s: %w", m.Name, t.shape.States[state], err)
			}
		}
		for k := range c.placements {
			if err := c.placements[k].check(t.rates); err != nil {
				return fmt.Errorf("cohort %q, %s: %w", m.Name, m.PlannedState, err)
			}
		}
	}
	return nil
}

// fill takes the rates that were collected, and the programme's own for the
// engines that read it.
func (t *Tables) fill(p *model.Programme) {
	own := t.programme
	own.Background = p.Background
	for i := range t.cohorts {
		c, m, mine := &t.cohorts[i], &p.Cohorts[i], &own.Cohorts[i]
		mine.Background, mine.Failure, mine.Referrals, mine.StartProbability = m.Background, m.Failure, m.Referrals, m.StartProbability
		c.children, c.startProbability = m.Referrals.Expected(), m.StartProbability
		for state := range c.rows {
			c.rows[state].fill(t.rates)
		}
		for k := range c.placements {
			c.placements[k].fill(t.rates)
		}
	}
}
