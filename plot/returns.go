package plot

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Returns draws the distribution of one party's internal rate of return over the
// replications of each case, in % a year: a density with the median and the range
// that contains 90% of replications, the hurdle, and the probability of missing
// it. Replications without a rate, because several rates or none balance the cash
// flows or because no capital is needed, are left out of the density and their
// share is stated; a total loss is -100%. Median and range are over all
// replications: without a rate, those that lose money are below every rate and the
// others above. The densities of all cases have the same area.
//
// The party is an investor of the programme, or empty for the consortium: all
// investors and whoever met a shortfall.
// Results of a programme without delivery terms give an error that wraps
// [finance.ErrNoDelivery].
func Returns(party string, results ...*montecarlo.Result) (*Figure, error) {
	p, err := programmeOf(results)
	if err != nil {
		return nil, err
	}
	if err := financed(results); err != nil {
		return nil, err
	}
	of := party
	if party == "" || party == finance.Consortium {
		party, of = finance.Consortium, "the consortium"
	}
	f := &Figure{
		Subtitle: setting("Internal rate of return of "+of+", % a year, "+kindOfRate(results[0])+"; "+covering("ranges", conventionsOf(results)...),
			p, "", versionsOf(results)...),
		Columns: []string{
			"case", "mean, %", "5%, %", "median, %", "95%, %", "hurdle, %", "probability of missing it", "share without a rate", "share without a rate that loses", "share that needs no capital",
		},
	}
	s := ridges{threshold: hurdleIn(results[0]), above: middle, below: mix(alert, paper, 0.15), line: dashed(alert), write: rankedRate, ticks: rateTicks(), called: "Hurdle " + rate(hurdleIn(results[0])) + rateSolvedFor(results), worse: true, named: true, tails: true}
	alike := same(results, hurdleOf)
	if unhurdled(results) {
		s.called = "0%, as no hurdle is set"
	}
	if !alike { // there is no one line to draw
		s.threshold = math.Inf(1)
		s.below = s.above
	}
	var said []string
	var missed []montecarlo.ProbabilityOf
	for i, name := range versionNames(results) {
		one, err := newRates(results[i], party)
		if err != nil {
			return nil, err
		}
		one.name = words.Capital(name)
		hurdle := hurdleIn(results[i])
		one.beside = one.asides(hurdle, alike)
		if unhurdled(results) {
			one.beside[0] = often(one.misses) + " below 0%"
		}
		s.rows = append(s.rows, one.ridge)
		f.row(one.name, 100*one.mean, inFigure(one.low), inFigure(one.median), inFigure(one.high), 100*hurdle, Share(one.misses.Probability), Share(share(one.without, one.n)), Share(share(one.losing, one.n)), Share(share(one.noCapital, one.n)))
		said, missed = append(said, one.said(hurdle)), append(missed, one.misses)
	}
	f.Note = note(p, nil, sentences(simulated(results)+leftOut(results, "rates, costs and terms"), "Median and range are over all replications, densities over those with a rate", s.cutSaid()), append([]kind{hurdles}, whatWasDrawn...)...)
	s.tips(f, said)
	f.Title = returnsFound(of, results, missed)
	f.Panels, f.Summary = []Panel{{Plot: s.plot()}}, strings.Join(said, " ")
	return inCurrency(f, p), nil
}

// returnsFound says how often a party misses the hurdle, in the case in which that is
// least likely and in that in which it is most likely.
func returnsFound(of string, results []*montecarlo.Result, missed []montecarlo.ProbabilityOf) string {
	least, most := 0, 0
	for i, m := range missed {
		if m.Probability < missed[least].Probability {
			least = i
		}
		if m.Probability > missed[most].Probability {
			most = i
		}
	}
	subject := words.Capital(of)
	miss, happens := "miss its hurdle", "its hurdle is missed"
	switch {
	case unhurdled(results):
		miss, happens = "lose money", "money is lost"
	case same(results, hurdleOf):
		hurdle := "the " + rate(hurdleIn(results[0])) + " hurdle"
		miss, happens = "miss "+hurdle, hurdle+" is missed"
	}
	if low, high := missed[least], missed[most]; howLikely(low) != howLikely(high) {
		both := fromTo(low, high)
		return onOneLine("",
			fmt.Sprintf("%s is %s (%s) to %s (%s) likely to %s", subject, roughly(low), results[least].Version.Label(), roughly(high), results[most].Version.Label(), miss),
			subject+" is "+both+" to "+miss,
			"It is "+both+" that "+happens)
	}
	text := after(subject, "is", likelyTo(missed[most]), miss)
	return onOneLine("", after(text, inCase(results[most].Version)), text, "It is "+howLikely(missed[most])+" that "+happens)
}

// unhurdled reports whether no version has a hurdle.
func unhurdled(results []*montecarlo.Result) bool {
	return same(results, hurdleOf) && hurdleOf(results[0].Version.Programme) == (model.Rate{})
}

// rateSolvedFor says at the hurdle that it is an input: that terms or costs were chosen
// so that the rate of return of a case is what it is.
func rateSolvedFor(results []*montecarlo.Result) string {
	for _, r := range results {
		for _, in := range r.Version.Programme.Register {
			if in.SolvedFor == nil || !strings.Contains(in.SolvedFor.Measure, "rate of return") {
				continue
			}
			text := "; costs were set to give " + strings.Replace(in.SolvedFor.Result, ".0%", "%", 1)
			if r.Prices == contract.Cash {
				text += " real"
			}
			if in.SolvedFor.Case != "" {
				text += " in the " + in.SolvedFor.Case + " case"
			}
			return text
		}
	}
	return ""
}

// hurdleOf is the hurdle of a programme's facility, 0 if it has none.
func hurdleOf(p *model.Programme) model.Rate {
	if p.Facility == nil {
		return model.Rate{}
	}
	return p.Facility.Hurdle
}

// kindOfRate is what the rates of return of a result are called.
func kindOfRate(r *montecarlo.Result) string {
	if r.Prices == contract.Cash {
		return "nominal"
	}
	return "real"
}

// hurdleIn is the hurdle in the prices of a result.
func hurdleIn(r *montecarlo.Result) float64 {
	p := r.Version.Programme
	return hurdleOf(p).In(r.Prices, p.Inflation)
}

// rates is the internal rate of return of one party in one case.
type rates struct {
	ridge
	misses    montecarlo.ProbabilityOf // the hurdle
	n         int                      // replications
	without   int                      // of them, those without a rate
	losing    int                      // those without a rate that lose money
	noCapital int                      // those that need no capital
}

func newRates(r *montecarlo.Result, party string) (rates, error) {
	var one rates
	ranked, ok := r.Ranked.Of(montecarlo.InternalRate, party)
	if !ok {
		return one, fmt.Errorf("plot: the result of %s has no party called %q: the parties are %s", r.Version.Phrase(), party, strings.Join(parties(r), ", "))
	}
	values, err := valuesOf(r, ranked.Name, ranked.Of)
	if err != nil {
		return one, err
	}
	one.n = len(values)
	found := slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return !finite(v) })
	for _, v := range values {
		switch {
		case math.IsInf(v, 1):
			one.noCapital++
		case math.IsInf(v, -1):
			one.without++
			one.losing++
		case math.IsNaN(v):
			one.without++
		}
	}
	one.mean = math.NaN()
	if len(found) > 0 {
		one.ridge = newRidge(found, 0.0005).notBelow(lowestRate)
	}
	one.low, one.median, one.high = overAll(values)
	one.misses, _ = r.Probabilities.Of(montecarlo.MissesHurdle, party)
	return one, nil
}

// aboveRates stands for a replication without a rate that loses no money.
const aboveRates = math.MaxFloat64

// overAll are the 5%, 50% and 95% quantiles of rates over all replications: below
// every rate is -Inf, a loss without one, and above are aboveRates and +Inf.
func overAll(rates []float64) (low, median, high float64) {
	for i, v := range rates {
		if math.IsNaN(v) {
			rates[i] = aboveRates
		}
	}
	slices.Sort(rates)
	at := func(p float64) float64 { return rates[orderstatistic.At(len(rates), p)] }
	return at(0.05), at(0.5), at(0.95)
}

// rankedRate writes a rate, or what stands for one.
func rankedRate(v float64) string {
	switch {
	case math.IsInf(v, -1):
		return "loss, no rate"
	case v == aboveRates:
		return "no rate"
	case math.IsInf(v, 1):
		return "no capital needed"
	}
	return rate(v)
}

// inFigure is a rate in %, for the table of the chart; NaN where there is none.
func inFigure(v float64) float64 {
	if v == aboveRates || math.IsInf(v, 0) {
		return math.NaN()
	}
	return 100 * v
}

// parties are the names of those who have a rate of return.
func parties(r *montecarlo.Result) []string {
	var names []string
	for _, one := range r.Ranked {
		if one.Name == montecarlo.InternalRate {
			names = append(names, one.Of)
		}
	}
	return names
}

// asides are the labels beside the density.
func (o rates) asides(hurdle float64, alike bool) []string {
	all := []string{often(o.misses) + " below the hurdle"}
	if !alike {
		all[0] += " of " + rate(hurdle)
	}
	switch {
	case o.without == 0:
	case o.without == o.n:
		all = append(all, "no replication has a rate, "+howMany(o.losing, o.n)+" lose")
	default:
		all = append(all, shareOf(o.without, o.n)+" have no rate, "+howMany(o.losing, o.without)+" of these lose")
	}
	if o.noCapital > 0 {
		all = append(all, shareOf(o.noCapital, o.n)+" need no capital")
	}
	return all
}

// howMany says how many of some replications something happens in.
func howMany(times, of int) string {
	switch share := share(times, of); {
	case times == of:
		return "all"
	case times == 0:
		return "none"
	case share >= 0.95:
		return "nearly all"
	case share < 0.005:
		return "hardly any"
	default:
		return whole(share)
	}
}

// shareOf writes how often something happened in so many replications.
func shareOf(times, n int) string { return words.Chance(share(times, n), n, false) }

func share(times, n int) float64 { return float64(times) / float64(n) }

// said puts the rates in words.
func (o rates) said(hurdle float64) string {
	text := o.name + ": no replication has a rate"
	if len(o.x) > 0 {
		text = fmt.Sprintf("%s: median %s, 90%% of replications from %s to %s, a year", o.name, rankedRate(o.median), rankedRate(o.low), rankedRate(o.high))
	}
	return text + fmt.Sprintf("; of all replications %s miss the hurdle of %s, %s have no rate (%s of all have none and lose money) and %s need no capital.",
		likely(o.misses), rate(hurdle), shareOf(o.without, o.n), shareOf(o.losing, o.n), shareOf(o.noCapital, o.n))
}

// rate writes a share of 1, which may be negative, in per cent: "8%", "-26.4%".
func rate(v float64) string {
	text := strings.TrimSuffix(words.Number(math.Abs(100*v), 1), ".0")
	if text == "0" {
		return "0%"
	}
	return signed(v, "", text+"%")
}

// lowestRate is that of a total loss: -100%.
const lowestRate = -1

// rateTicks marks an axis of rates.
func rateTicks() plot.Ticker { return numberTicks{write: rateLabels, least: lowestRate} }

func rateLabels(step, _ float64) func(float64) string {
	decimals := decimalsOf(100 * step)
	return func(v float64) string {
		if math.Abs(v) < step/2 {
			return "0%"
		}
		return signed(v, "", words.Number(math.Abs(100*v), decimals)+"%")
	}
}
