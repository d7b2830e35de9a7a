package population

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// moves are the states and the hazards between them.
type moves struct {
	states   []string // in care by name, then home if children are followed there, then where lives end
	inCare   int      // how many are in care
	home     int      // place of home; -1 if nobody is followed
	rows     []stateRow
	unknowns []unknown
}

// stateRow is the moves out of a state by age, then by weeks in it.
type stateRow []ageBand

type ageBand struct {
	from   int // clock
	pieces []piece
}

type piece struct {
	from  int // weeks in the state
	moves []move
}

type move struct {
	to, unknown int
}

// unknown is one hazard that was estimated. A hazard pooled over weeks in the state is one
// unknown, wherever it stands.
type unknown struct {
	name   string
	hazard float64 // a week
	moves  int
}

func (m *moves) place(state string) int { return slices.Index(m.states, state) }

// settled is the weeks in a state after which they make no difference.
func (r stateRow) settled() int {
	last := 0
	for _, b := range r {
		last = max(last, b.pieces[len(b.pieces)-1].from)
	}
	return last
}

// estimate finds states and rates.
func (p *Population) estimate(known []estimate.Spell) error {
	byState := map[string][]estimate.Spell{}
	ends := map[string]bool{}
	for _, s := range known {
		byState[s.State] = append(byState[s.State], s)
		if s.Next != "" {
			ends[s.Next] = true
		}
	}
	m := &p.moves
	m.home = -1
	home := p.Settings.Home
	for _, state := range slices.Sorted(maps.Keys(byState)) {
		if state != home {
			m.states = append(m.states, state)
		}
	}
	m.inCare = len(m.states)
	p.States = slices.Clone(m.states)
	if home != "" && (byState[home] != nil || ends[home]) {
		m.home = len(m.states)
		m.states = append(m.states, home)
	}
	for _, state := range slices.Sorted(maps.Keys(ends)) {
		if m.place(state) < 0 {
			m.states = append(m.states, state)
		}
	}
	m.rows = make([]stateRow, len(m.states))
	for i, state := range m.states {
		rates, err := p.rates(byState[state], state == home)
		if err != nil {
			return err
		}
		m.rows[i] = m.row(rates)
		if state == home {
			m.rows[i].stop(p.Settings.ReturnWeeks)
		}
		p.Rates = append(p.Rates, rates...)
	}
	return nil
}

// rates estimates the moves out of one state, by the bands of age that have moves enough.
func (p *Population) rates(spells []estimate.Spell, home bool) ([]estimate.Rate, error) {
	s := estimate.Settings{Ages: p.Settings.Ages, Guard: p.Settings.Guard}
	table, err := estimate.Count(spells, s)
	if err != nil {
		return nil, err
	}
	s.Ages = p.joinedAges(table)
	for _, week := range p.Settings.InState {
		if !home || week < p.Settings.ReturnWeeks {
			s.InState = append(s.InState, week)
		}
	}
	if table, err = estimate.Count(spells, s); err != nil {
		return nil, err
	}
	return estimate.Rates(table, p.Settings.Least), nil
}

// joinedAges are the ages at which bands begin once those with few moves have joined the
// next, or the last the one before it.
func (p *Population) joinedAges(table *estimate.Table) []int {
	moved := map[int]int{} // by the age at which the band begins
	for _, c := range table.Cells {
		for _, to := range c.Moves {
			moved[c.Age.From] += to.Moves
		}
	}
	var (
		starts []int
		sum    = moved[0]
	)
	for _, age := range p.Settings.Ages {
		if sum >= p.Settings.Least {
			starts, sum = append(starts, age), 0
		}
		sum += moved[age]
	}
	if n := len(starts); n > 0 && sum < p.Settings.Least {
		starts = starts[:n-1]
	}
	return starts
}

// row puts rates into a row. Rates are by age, then by weeks in the state.
func (m *moves) row(rates []estimate.Rate) stateRow {
	row := stateRow{{pieces: []piece{{}}}}
	pooled := map[string]int{}
	for i, r := range rates {
		if i == 0 || r.Age != rates[i-1].Age {
			if from := clockOfAge(r.Age.From); from > 0 {
				row = append(row, ageBand{from: from, pieces: []piece{{}}})
			}
			clear(pooled)
		}
		band := &row[len(row)-1]
		if r.InState.From > band.pieces[len(band.pieces)-1].from {
			band.pieces = append(band.pieces, piece{from: r.InState.From})
		}
		if r.Moves == 0 {
			continue
		}
		u, known := pooled[r.To]
		if !known {
			u = len(m.unknowns)
			m.unknowns = append(m.unknowns, unknown{
				name:   fmt.Sprintf("%s to %s, ages from %d, weeks from %d", r.State, r.To, r.Age.From, r.InState.From),
				hazard: r.Hazard.Value, moves: r.Moves,
			})
			if r.Pooled {
				pooled[r.To] = u
			}
		}
		at := &band.pieces[len(band.pieces)-1]
		at.moves = append(at.moves, move{m.place(r.To), u})
	}
	return row
}

// stop ends all moves at so many weeks in the state.
func (r stateRow) stop(weeks int) {
	for i := range r {
		r[i].pieces = append(r[i].pieces, piece{from: weeks})
	}
}

// hazards are the weekly hazards of all unknowns times a factor each, by state and
// destination as a lever changes them.
type hazards struct {
	*moves

	factor []float64   // by unknown
	lever  [][]float64 // by state and destination
}

// of is the hazard of a move out of a state.
func (h hazards) of(from int, m move) float64 {
	return h.unknowns[m.unknown].hazard * h.factor[m.unknown] * h.lever[from][m.to]
}

// chain makes the rows ready for stepping. With hazards h that are constant within a week
// and H their sum, a child makes the move in the week with probability h/H × (1 − e^(−H)).
func (h hazards) chain() (*markov.Chain, error) {
	rows := make([]markov.Row, len(h.states))
	for s, row := range h.rows {
		for i, band := range row {
			since := markov.Span{From: band.from}
			if i+1 < len(row) {
				since.To = row[i+1].from
			}
			for j, at := range band.pieces {
				in := markov.Span{From: at.from}
				if j+1 < len(band.pieces) {
					in.To = band.pieces[j+1].from
				}
				rows[s] = append(rows[s], markov.Piece{Since: since, In: in, Moves: h.weekly(s, at)})
			}
		}
	}
	return markov.NewChain(h.states, rows)
}

// weekly are the probabilities of the moves of a piece.
func (h hazards) weekly(from int, at piece) []markov.Move {
	sum := 0.0
	for _, m := range at.moves {
		sum += h.of(from, m)
	}
	if sum == 0 {
		return nil
	}
	leave := -math.Expm1(-sum)
	var all []markov.Move
	for _, m := range at.moves {
		all = append(all, markov.Move{To: h.states[m.to], Probability: leave * h.of(from, m) / sum})
	}
	return all
}
