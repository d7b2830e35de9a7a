package sensitivity

import (
	"fmt"
	"math"

	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Reading is the figure of a goal at one value of the unknown.
type Reading struct {
	Value float64 `json:"value"` // of the unknown, in its unit
	// Figure is in the unit of the goal; nil if it is without bound or not defined.
	Figure *float64 `json:"figure"`
	Met    bool     `json:"met"` // whether it is as the goal wants it
	// StdErr is the Monte Carlo standard error of the figure: of a mean, of a chance
	// (binomial), or a quarter of the width of the 95% interval of a quantile by order
	// statistics. It is 0 for a central projection, and nil where it cannot be estimated.
	StdErr *float64 `json:"standard_error"`
	// Replications is how many the figure rests on.
	Replications int `json:"replications"`

	figure float64 // as Figure, but ±Inf or NaN where that is nil
}

// eventOfZero are the events of the list that a total is above £0. They are decided in
// constant prices, whatever prices figures are in.
var eventOfZero = map[string]string{
	montecarlo.NetPublic:      montecarlo.Saves,
	montecarlo.NetSaving:      montecarlo.OwnSaves,
	montecarlo.NetCashable:    montecarlo.CashableSaves,
	montecarlo.OwnNetCashable: montecarlo.OwnCashableSaves,
}

// read is the figure of the goal in a run, at a value of an unknown.
func (g Goal) read(r *montecarlo.Result, value float64) (Reading, error) {
	out := Reading{Value: value, Replications: r.Conventions.Replications}
	var err error
	switch g.Figure {
	case aChance:
		err = g.readChance(r, &out)
	default:
		err = g.readTotal(r, &out)
	}
	if err != nil {
		return out, err
	}
	if finite(out.figure) {
		out.Figure = &out.figure
	}
	out.Met = g.met(out.figure)
	return out, nil
}

// readChance is the probability of the goal's event, in the pairing of the total which
// decides it.
func (g Goal) readChance(r *montecarlo.Result, out *Reading) error {
	event := g.Measure
	if g.Side == above && g.Threshold == 0 && eventOfZero[event.Name] != "" {
		event.Name = eventOfZero[event.Name]
	} else if g.Side != "" {
		return g.countBeyond(r, out)
	}
	p, ok := chance(r, event)
	if !ok {
		_, err := r.Probabilities.Find(event.Name, ofWhom(event)...)
		return missingFigure(r.Version.Programme, event, err)
	}
	out.figure, out.StdErr = p.Probability, p.StdErr
	return nil
}

// countBeyond is the share of replications in which a measure is on the goal's side of
// its threshold.
func (g Goal) countBeyond(r *montecarlo.Result, out *Reading) error {
	of := ofWhom(g.Measure)
	pairing := ""
	if s, ok := r.Totals.Of(g.Measure.Name, of...); ok {
		pairing = s.Pairing
	} else if _, err := r.Ranked.Find(g.Measure.Name, of...); err != nil {
		return missingFigure(r.Version.Programme, g.Measure, g.find(r))
	}
	if pairing != "" {
		of = []string{g.Measure.Of, g.Measure.Arm, pairing}
	}
	values := r.Values(g.Measure.Name, of...)
	if len(values) == 0 {
		return fmt.Errorf("%q: the values of replications were not kept: run fewer replications, or give them more memory", g.Measure)
	}
	beyond := 0
	for _, v := range values {
		if g.Side == above && v > g.Threshold || g.Side == below && v < g.Threshold {
			beyond++
		}
	}
	n := float64(len(values))
	out.figure = float64(beyond) / n
	if beyond > 0 && beyond < len(values) {
		e := math.Sqrt(out.figure * (1 - out.figure) / n)
		out.StdErr = &e
	}
	return nil
}

// readTotal is the mean, the central projection or the quantile.
func (g Goal) readTotal(r *montecarlo.Result, out *Reading) error {
	of := ofWhom(g.Measure)
	if s, ok := r.Totals.Of(g.Measure.Name, of...); ok {
		switch g.Figure {
		case aMean:
			out.figure, out.StdErr = s.Mean, s.StdErr
		case aCentral:
			out.figure, out.StdErr = s.Central, new(float64)
		default:
			for _, q := range s.Quantiles {
				if q.P == g.P {
					out.figure, out.StdErr = q.Value, errorBetween(q.Low, q.High)
				}
			}
		}
		return nil
	}
	s, ok := r.Ranked.Of(g.Measure.Name, of...)
	if !ok {
		return missingFigure(r.Version.Programme, g.Measure, g.find(r))
	}
	out.figure = math.NaN()
	if g.Figure == aCentral {
		if s.Central != nil {
			out.figure, out.StdErr = *s.Central, new(float64)
		}
		return nil
	}
	for _, q := range s.Quantiles {
		switch {
		case q.P != g.P:
		case q.Value != nil:
			out.figure, out.StdErr = *q.Value, errorBetween(q.Low, q.High)
		case q.Lost:
			out.figure = math.Inf(-1)
		case !q.Undefined:
			out.figure = math.Inf(1)
		}
	}
	return nil
}

// find is why no list of a result has the goal's measure.
func (g Goal) find(r *montecarlo.Result) error {
	_, err := r.Totals.Find(g.Measure.Name, ofWhom(g.Measure)...)
	if _, also := r.Ranked.Of(g.Measure.Name); also || hasRanked(r, g.Measure.Name) {
		_, err = r.Ranked.Find(g.Measure.Name, ofWhom(g.Measure)...)
	}
	return err
}

func hasRanked(r *montecarlo.Result, name string) bool {
	for _, one := range r.Ranked {
		if one.Name == name {
			return true
		}
	}
	return false
}

// ofWhom is what a key is narrowed to, as lists take it.
func ofWhom(k montecarlo.Key) []string {
	switch {
	case k.Arm != "":
		return []string{k.Of, k.Arm}
	case k.Of != "":
		return []string{k.Of}
	}
	return nil
}

// missingFigure says why a programme has no figure of a measure.
func missingFigure(p *model.Programme, k montecarlo.Key, err error) error {
	if k.NeedsDelivery() {
		if err := needDelivery(p); err != nil {
			return fmt.Errorf("there is no %q: %w", k.Name, err)
		}
	}
	return err
}

// errorBetween is a standard error from an interval of 95%; nil where it has no end.
func errorBetween(low, high *float64) *float64 {
	if low == nil || high == nil {
		return nil
	}
	e := (*high - *low) / (2 * z95)
	return &e
}

// z95 is how many standard errors lie on either side in an interval of 95%.
const z95 = 1.96

// errorIn is about how far the figure of a goal may be out in so few replications, for
// a decision whether more are needed: one standard error, or infinity if it is not known.
func (g Goal) errorIn(r Reading) float64 {
	if g.Figure == aChance { // at the chance that is wanted, because none of so few says little
		return math.Sqrt(g.Wanted * (1 - g.Wanted) / float64(r.Replications))
	}
	if r.StdErr == nil || !finite(r.figure) {
		return math.Inf(1)
	}
	return *r.StdErr
}

// tooFew reports that a quantile of so many replications has no bounds.
func (g Goal) tooFew(n int) bool {
	if g.Figure != aQuantile {
		return false
	}
	low, high := orderstatistic.Bounds(n, g.P)
	return low < 0 || high >= n
}

// inCurrencyOf refuses an amount in another currency than a programme's.
func (g Goal) inCurrencyOf(p *model.Programme) error {
	own := p.Currency
	if own == words.Sterling {
		own = ""
	}
	if g.Currency == "" || g.Currency == own {
		return nil
	}
	return fmt.Errorf("goal %q: an amount in another currency than that of %s, %s: nothing is converted, so give it in that", g, p.Name, words.CurrencyName(p.Currency))
}
