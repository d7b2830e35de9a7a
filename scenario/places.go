package scenario

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/markov"
)

// A number of a file that stands in one place of the programme is written there by a
// put, so that a draw takes microseconds. What it writes must be what reading the
// file with that number in it would give: the tests hold the two together.

// put writes a number into a programme.
type put interface {
	stated() float64 // what the file says
	set(x float64)
	check() error // that the last number can be
}

// puts finds the puts of a programme.
type puts struct {
	p      *model.Programme
	leaves map[string]*leavers // by the path of the piece
}

func newPuts(p *model.Programme) *puts { return &puts{p, map[string]*leavers{}} }

// at is the put of a path; nil if the number does not stand in one place.
func (s *puts) at(path model.Path) put {
	for _, place := range places {
		names, ok := path.Under(place.pattern)
		if ok && strings.Count(string(path), ".") == strings.Count(place.pattern, ".") {
			if made := place.put(s, string(path), names); made != nil {
				return made
			}
		}
	}
	return nil
}

// places are the numbers that can be written into a programme.
var places = []struct {
	pattern string
	put     func(s *puts, path string, names []string) put
}{
	{"cohorts.*.start probability", func(s *puts, _ string, names []string) put {
		if c := s.cohort(names[0]); c != nil {
			return &chance{&c.StartProbability}
		}
		return nil
	}},
	{"cohorts.*.referrals.children", func(s *puts, _ string, names []string) put {
		if c := s.cohort(names[0]); c != nil {
			return &children{&c.Referrals.Children}
		}
		return nil
	}},
	{"cohorts.*.cashable share", func(s *puts, _ string, names []string) put {
		if c := s.cohort(names[0]); c != nil {
			return &share{at: &c.CashableShare}
		}
		return nil
	}},
	{"delivery.per referral", func(s *puts, _ string, _ []string) put {
		return s.delivered(func(d *model.Delivery) *decimal.Decimal { return &d.PerReferral })
	}},
	{"delivery.per start", func(s *puts, _ string, _ []string) put {
		return s.delivered(func(d *model.Delivery) *decimal.Decimal { return &d.PerStart })
	}},
	{"delivery.per case week", func(s *puts, _ string, _ []string) put {
		return s.delivered(func(d *model.Delivery) *decimal.Decimal { return &d.PerCaseWeek })
	}},
	{"metrics.*.tariff", func(s *puts, _ string, names []string) put { return s.tariff(names[0]) }},
	{"metrics.*.tariff.amount", func(s *puts, _ string, names []string) put { return s.tariff(names[0]) }},
	{"unit costs.*", func(s *puts, _ string, names []string) put { return s.unitCost(names[0]) }},
	{"unit costs.*.amount", func(s *puts, _ string, names []string) put { return s.unitCost(names[0]) }},
	{"cohorts.*.failure.hazard", func(s *puts, path string, names []string) put {
		return s.leaving(outer(path), s.failure(names[0]))
	}},
	{"cohorts.*.failure.to.*", func(s *puts, path string, names []string) put {
		return s.destination(outer(outer(path)), s.failure(names[0]), names[1])
	}},
	{"cohorts.*.failure.*.hazard", func(s *puts, path string, names []string) put {
		return s.leaving(outer(path), nthPiece(s.failure(names[0]), names[1]))
	}},
	{"cohorts.*.failure.*.to.*", func(s *puts, path string, names []string) put {
		return s.destination(outer(outer(path)), nthPiece(s.failure(names[0]), names[1]), names[2])
	}},
	{"delivery.scale", func(s *puts, _ string, _ []string) put {
		if s.p.Delivery == nil {
			return nil
		}
		return &deliveryScale{&s.p.Delivery.Scale}
	}},
	{"background.*.hazard", func(s *puts, path string, names []string) put {
		return s.leaving(outer(path), s.p.Background[names[0]])
	}},
	{"background.*.*", func(s *puts, _ string, names []string) put { return move(s.p.Background[names[0]], names[1]) }},
	{"background.*.to.*", func(s *puts, path string, names []string) put {
		return s.destination(outer(outer(path)), s.p.Background[names[0]], names[1])
	}},
	{"background.*.moves.*", func(s *puts, _ string, names []string) put { return move(s.p.Background[names[0]], names[1]) }},
	{"background.*.*.hazard", func(s *puts, path string, names []string) put {
		return s.leaving(outer(path), nthPiece(s.p.Background[names[0]], names[1]))
	}},
	{"background.*.*.to.*", func(s *puts, path string, names []string) put {
		return s.destination(outer(outer(path)), nthPiece(s.p.Background[names[0]], names[1]), names[2])
	}},
	{"background.*.*.moves.*", func(s *puts, _ string, names []string) put {
		return move(nthPiece(s.p.Background[names[0]], names[1]), names[2])
	}},
	{"cohorts.*.background.*.hazard", func(s *puts, path string, names []string) put {
		return s.leaving(outer(path), s.own(names[0], names[1]))
	}},
	{"cohorts.*.background.*.*", func(s *puts, _ string, names []string) put { return move(s.own(names[0], names[1]), names[2]) }},
	{"cohorts.*.background.*.to.*", func(s *puts, path string, names []string) put {
		return s.destination(outer(outer(path)), s.own(names[0], names[1]), names[2])
	}},
	{"cohorts.*.background.*.moves.*", func(s *puts, _ string, names []string) put { return move(s.own(names[0], names[1]), names[2]) }},
	{"cohorts.*.background.*.*.hazard", func(s *puts, path string, names []string) put {
		return s.leaving(outer(path), nthPiece(s.own(names[0], names[1]), names[2]))
	}},
	{"cohorts.*.background.*.*.to.*", func(s *puts, path string, names []string) put {
		return s.destination(outer(outer(path)), nthPiece(s.own(names[0], names[1]), names[2]), names[3])
	}},
	{"cohorts.*.background.*.*.moves.*", func(s *puts, _ string, names []string) put {
		return move(nthPiece(s.own(names[0], names[1]), names[2]), names[3])
	}},
}

func (s *puts) cohort(name string) *model.Cohort {
	i := slices.IndexFunc(s.p.Cohorts, func(c model.Cohort) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &s.p.Cohorts[i]
}

func (s *puts) failure(cohort string) markov.Row {
	if c := s.cohort(cohort); c != nil {
		return c.Failure
	}
	return nil
}

// own is a cohort's own moves out of a state.
func (s *puts) own(cohort, state string) markov.Row {
	if c := s.cohort(cohort); c != nil {
		return c.Background[state]
	}
	return nil
}

// nthPiece is one piece of a row that is a list of them, by its number from 1; nil if
// there is none.
func nthPiece(row markov.Row, number string) markov.Row {
	i, err := strconv.Atoi(number)
	if err != nil || i < 1 || i > len(row) {
		return nil
	}
	return row[i-1 : i]
}

// deliveryScale is what all costs of delivery are multiplied by.
type deliveryScale struct{ at *decimal.NullDecimal }

func (d *deliveryScale) stated() float64 {
	if !d.at.Valid {
		return 1
	}
	return d.at.Decimal.InexactFloat64()
}

func (d *deliveryScale) set(x float64) { *d.at = decimal.NewNullDecimal(nineDecimals(x)) }

// nineDecimals is a number to nine decimals, halves away from zero. Unless it lies near
// a half, it does not matter that a float is not quite the decimal that it is written as.
func nineDecimals(x float64) decimal.Decimal {
	billionths := x * 1e9
	if whole := math.Round(billionths); math.Abs(x) < 1000 && math.Abs(billionths-whole) < 0.49 {
		return decimal.New(int64(whole), -9)
	}
	return decimal.NewFromFloat(x).Round(9)
}

func (d *deliveryScale) check() error { return nil }

// chance is a probability.
type chance struct{ at *float64 }

func (c *chance) stated() float64 { return *c.at }
func (c *chance) set(x float64)   { *c.at = x }
func (c *chance) check() error {
	if *c.at > 1 {
		return errAboveOne
	}
	return nil
}

// children is a number of children.
type children struct{ at *float64 }

func (c *children) stated() float64 { return *c.at }
func (c *children) set(x float64)   { *c.at = x }
func (c *children) check() error    { return nil }

// share is a share to nine decimals.
type share struct {
	at         *decimal.Decimal
	billionths int64 // that were set
}

func (s *share) stated() float64 { return s.at.InexactFloat64() }
func (s *share) set(x float64) {
	s.billionths = int64(math.Round(x * 1e9))
	*s.at = decimal.New(s.billionths, -9)
}

func (s *share) check() error {
	if s.billionths > 1e9 {
		return errAboveOne
	}
	return nil
}

// amount is an amount of money to the penny.
type amount struct{ at *decimal.Decimal }

func (a *amount) stated() float64 { return a.at.InexactFloat64() }
func (a *amount) set(x float64)   { *a.at = decimal.New(int64(math.Round(x*100)), -2) }
func (a *amount) check() error    { return nil }

// unitCost is the cost of a state that is the same everywhere and in every year.
func (s *puts) unitCost(state string) put {
	var found *contract.UnitCost
	for i := range s.p.UnitCosts {
		if u := &s.p.UnitCosts[i]; u.State == state {
			if found != nil {
				return nil
			}
			found = u
		}
	}
	if found == nil {
		return nil
	}
	return &amount{&found.PerWeek}
}

// tariff is the price of a metric that is the same for every commissioner.
type tariff struct{ amount }

func (s *puts) tariff(metric string) put {
	for i := range s.p.Contract.Metrics {
		m := &s.p.Contract.Metrics[i]
		if m.Name == metric && m.Tariff.Amount.IsPositive() && len(m.Tariff.ByCommissioner) == 0 {
			return &tariff{amount{&m.Tariff.Amount}}
		}
	}
	return nil
}

// delivery is an amount of the costs of delivery.
type delivery struct{ amount }

func (s *puts) delivered(of func(*model.Delivery) *decimal.Decimal) put {
	if s.p.Delivery == nil {
		return nil
	}
	return &delivery{amount{of(s.p.Delivery)}}
}

// moving is the chance of one move.
type moving struct {
	row markov.Row
	at  *float64
}

// move is a move of a row that is one piece.
func move(row markov.Row, to string) put {
	if len(row) != 1 {
		return nil
	}
	i := slices.IndexFunc(row[0].Moves, func(m markov.Move) bool { return m.To == to })
	if i < 0 {
		return nil
	}
	return &moving{row, &row[0].Moves[i].Probability}
}

func (m *moving) stated() float64 { return *m.at }
func (m *moving) set(x float64)   { *m.at = x }
func (m *moving) check() error    { return below(m.row) }

// below refuses moves that add up to more than 1.
func below(row markov.Row) error {
	sum := 0.0
	for _, m := range row[0].Moves {
		sum += m.Probability
	}
	if sum > 1 {
		return errAboveOne
	}
	return nil
}

// leavers are the moves of a piece that is written as a rate of leaving and shares.
type leavers struct {
	moves  markov.Row
	rate   float64
	shares []float64
}

func (l *leavers) write() {
	for i := range l.moves[0].Moves {
		l.moves[0].Moves[i].Probability = l.rate * l.shares[i]
	}
}

// leaversAt are those of a piece; nil if the row has more than one.
func (s *puts) leaversAt(path string, row markov.Row) *leavers {
	if made, ok := s.leaves[path]; ok || len(row) != 1 {
		return made
	}
	l := &leavers{moves: row}
	for _, m := range row[0].Moves {
		l.rate += m.Probability
	}
	for _, m := range row[0].Moves {
		l.shares = append(l.shares, m.Probability/l.rate)
	}
	s.leaves[path] = l
	return l
}

// leaving is the rate of leaving at all.
func (s *puts) leaving(path string, row markov.Row) put {
	if l := s.leaversAt(path, row); l != nil && l.rate > 0 {
		return leavingRate{l}
	}
	return nil
}

type leavingRate struct{ *leavers }

func (l leavingRate) stated() float64 { return l.rate }
func (l leavingRate) set(x float64)   { l.rate = x; l.write() }
func (l leavingRate) check() error    { return below(l.moves) }

// destination is a share of those who leave.
func (s *puts) destination(path string, row markov.Row, to string) put {
	l := s.leaversAt(path, row)
	if l == nil || l.rate == 0 {
		return nil
	}
	i := slices.IndexFunc(row[0].Moves, func(m markov.Move) bool { return m.To == to })
	if i < 0 {
		return nil
	}
	return leavingShare{l, i}
}

type leavingShare struct {
	*leavers
	i int
}

func (l leavingShare) stated() float64 { return l.shares[l.i] }
func (l leavingShare) set(x float64)   { l.shares[l.i] = x; l.write() }

// check refuses shares that a multiplier has moved, and with them how many leave.
func (l leavingShare) check() error {
	sum := 0.0
	for _, share := range l.shares {
		sum += share
	}
	if math.Abs(sum-1) > 1e-6 { // draws that are kept may be rounded
		return fmt.Errorf("the shares add up to %.6g%% because a factor multiplies one of them: multiply the rate of leaving, or take the factor off and write all shares as counts", 100*sum)
	}
	return nil
}

func ownRow(row markov.Row) markov.Row {
	row = slices.Clone(row)
	for i := range row {
		row[i].Moves = slices.Clone(row[i].Moves)
	}
	return row
}

func ownRows(rows map[string]markov.Row) map[string]markov.Row {
	rows = maps.Clone(rows)
	for state, row := range rows {
		rows[state] = ownRow(row)
	}
	return rows
}
