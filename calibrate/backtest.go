package calibrate

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/copies"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Backtest is a model fitted to the payments up to one quarter or several, the
// origins, and held against the payments after each.
type Backtest struct {
	// Version is the one that was fitted, as it was before.
	Version *scenario.Version `json:"version"`
	// Fitted are the inputs of the version that its file says were fitted to what
	// is published. Where [model.Input.FittedTo] is after an origin, the input has
	// seen quarters that the origin holds out.
	Fitted []model.Input `json:"fitted_inputs,omitempty"`
	// Granted and Derived are published payments that are used nowhere: a grant
	// stood in the quarter, or the amount is arithmetic on others, such as a share
	// of a claim for several quarters.
	Granted []model.QuarterAmount `json:"granted,omitempty"`
	Derived []model.QuarterAmount `json:"derived,omitempty"`
	// Fits are those of every candidate to every origin: by origin, in order of
	// time, and within it in the order referrals, start probability, failure and
	// then any others as they were asked for.
	Fits []Fit `json:"fits"`
	// Forecasts are those of every origin, and Horizons how well they did by how far
	// ahead. There are none for a version in which nothing is uncertain, and none with Options.FitsOnly.
	Forecasts    []OriginForecast `json:"forecasts,omitempty"`
	Horizons     []Horizon        `json:"horizons,omitempty"`
	Replications int              `json:"replications"` // of each fit, for its ranges
	Seed         uint64           `json:"seed"`
}

// Fit is one candidate, a group of inputs multiplied by one number so that modelled
// payments up to an origin equal actual ones.
type Fit struct {
	FittedTo calendar.Quarter `json:"fitted_to"` // the origin
	// Input is what is multiplied: "referrals", "start probability", "failure", or
	// a path of the programme file.
	Input      string  `json:"input"`
	Multiplier float64 `json:"multiplier"`
	// Least and Most bound the multipliers that are plausible. A fit beyond them is
	// refused.
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
	// Gap is modelled less actual payments up to the origin, in £, where no
	// multiplier reproduces them: that of the nearest, which is Multiplier.
	Gap     float64 `json:"gap,omitempty"`
	Refused bool    `json:"refused"` // not plausible, or there is a gap
	// Typical is how far a quarter up to the origin is off: the root of the mean
	// squared difference, modelled less actual, over the mean actual quarter.
	Typical float64 `json:"typical_error"`
	// Stray is the share of replications whose quarters up to the origin, scaled to
	// the same total, are off by at least as much by chance alone. Nil if refused or
	// not asked for.
	Stray *float64 `json:"chance_of_typical_error"`
	// Used marks the fit of its origin that explains the quarters up to it best, of
	// those that were asked for. See [HoldOut].
	Used bool `json:"used"`
	// Quarters are those that are used, up to the origin and after it. None if
	// refused.
	Quarters []BacktestQuarter `json:"quarters,omitempty"`
	// HeldOut are the quarters after the origin together, without Quarter. Nil if
	// refused.
	HeldOut *BacktestQuarter `json:"held_out"`
}

// BacktestQuarter is what was paid for a quarter, in £ as paid, and what a fitted
// model says. The first published quarter holds everything earned until its end,
// because nothing was paid before.
type BacktestQuarter struct {
	Quarter  calendar.Quarter `json:"quarter,omitzero"`
	Actual   float64          `json:"actual"`   // published
	Modelled float64          `json:"modelled"` // central projection of the fitted model
	// Error is modelled over actual, less 1; nil where nothing was paid.
	Error *float64 `json:"error"`
	// Held reports that it was held out of the fit.
	Held bool `json:"held"`
	// Low and High are the 5% and 95% quantiles over replications at the fitted
	// rates, of what was held out. They cover chance alone: nothing of what is not
	// known of the rates. Nil for a fit that was not asked for.
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
	// Inside reports whether Actual lies from Low to High.
	Inside *bool `json:"inside,omitempty"`
}

// Options say what a backtest fits, and to what.
type Options struct {
	// Origins are the last quarters to fit to. Nil: every second quarter that has at
	// least four used ones up to it and four after it, or the middle one if there is
	// none.
	Origins []calendar.Quarter
	// Fit are the candidates to choose from at each origin: "referrals", "start
	// probability", "failure", and paths of numbers in the programme file, as in an
	// edit. Nil: those three. They are fitted whether asked for or not, so that a
	// fit that is refused stands beside a likelier one.
	Fit []string
	// FitsOnly leaves out forecasts, which take most of the time.
	FitsOnly bool
	// Run is how the ranges of fits are simulated. 0 replications are 2,000; quantiles,
	// series and prices are chosen here, and rates are always fixed: these ranges are at
	// the fitted rates. Of forecasts Seed and Workers count.
	Run montecarlo.Options
}

// HoldOut fits one multiplier at a time to the payments up to each origin and
// reports how far the fitted model is from every later quarter.
//
// A candidate multiplies all of its inputs by one number at which the central
// projection of all used quarters up to the origin equals, to within 5 pence, what was
// paid; of several such numbers, the one nearest to 1. Referrals multiply the expected number of children of every
// cohort; start probability, that of every cohort, with none above 1; failure, the
// weekly probabilities of every move out of every planned state. Payments alone
// cannot tell them apart where they fit equally well: the one used is the first, in
// the order of [Backtest.Fits], whose typical error is within one percentage point
// of the least.
//
// A multiplier that is not plausible is refused, and so is a candidate of which no
// multiplier reproduces the payments. Where all that were asked for are refused none
// is used at that origin, and the fits beside them say what is likelier.
//
// It is an error if no payments are published, if an origin leaves fewer than two
// used quarters up to it or none after it, and if a path leads to nothing that can
// be multiplied.
func HoldOut(ctx context.Context, v *scenario.Version, o Options) (*Backtest, error) {
	switch {
	case ctx == nil:
		return nil, errors.New("there is no context: give context.Background() to a backtest that nothing stops")
	case v == nil || v.Programme == nil:
		return nil, errors.New("there is no version to backtest, or it has no programme: make one with Document.Version")
	}
	if o.Run.Until != nil {
		return nil, errors.New("a backtest needs one number of replications, and each run would stop at its own with Run.Until: leave it out and give Run.Replications")
	}
	v = copies.Deep(v) // so that nobody changes it in the answer
	stated, err := v.Certain()
	if err != nil {
		return nil, err
	}
	seen, err := observe(stated)
	if err != nil {
		return nil, err
	}
	origins, err := seen.origins(o.Origins)
	if err != nil {
		return nil, err
	}
	candidates, err := candidatesOf(stated, o.Fit)
	if err != nil {
		return nil, err
	}
	o.Run.Replications = cmp.Or(o.Run.Replications, 2000)
	b := &Backtest{Version: v, Fitted: fittedAfter(v.Programme, calendar.Date{}), Granted: seen.granted, Derived: seen.derived, Replications: o.Run.Replications, Seed: o.Run.Seed}
	for _, origin := range origins {
		var fits []Fit
		for _, c := range candidates {
			run := &o.Run
			if !o.asks(c.name) {
				run = nil
			}
			f, err := seen.fit(ctx, c, origin, run)
			if err != nil {
				return nil, err
			}
			fits = append(fits, f)
		}
		o.choose(fits)
		b.Fits = append(b.Fits, fits...)
	}
	if len(v.Programme.Uncertain) > 0 && !o.FitsOnly {
		if b.Forecasts, err = seen.forecasts(ctx, v, origins, o.Run.Seed, o.Run.Workers); err != nil {
			return nil, err
		}
		b.Horizons = horizons(b.Forecasts)
	}
	return b, nil
}

// asWell is within how much of the least typical error a fit explains the quarters
// as well as the best: a point of the mean quarter, which is far less than chance.
const asWell = 0.01

// choose marks the fit to use among those of one origin.
func (o Options) choose(fits []Fit) {
	least := math.Inf(1)
	for _, f := range fits {
		if !f.Refused && o.asks(f.Input) {
			least = min(least, f.Typical)
		}
	}
	for i, f := range fits {
		if !f.Refused && o.asks(f.Input) && f.Typical <= least+asWell {
			fits[i].Used = true
			return
		}
	}
}

// asks reports whether a candidate is one to choose from.
func (o Options) asks(name string) bool {
	if len(o.Fit) > 0 {
		return slices.Contains(o.Fit, name)
	}
	return true
}
