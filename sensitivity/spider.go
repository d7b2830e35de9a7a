package sensitivity

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Spidered is how the mean of a figure goes with each of several uncertain inputs, from
// the draws of one run.
type Spidered struct {
	Version     *scenario.Version      `json:"version"`
	Measure     montecarlo.Key         `json:"measure"`
	Conventions montecarlo.Conventions `json:"conventions"`
	Mean        float64                `json:"mean"` // over all replications
	// Rates says how much of the spread of a replication is the inputs', and how much
	// chance alone; nil where it is not known.
	Rates *montecarlo.OfRates `json:"rates,omitempty"`
	Lines []SpiderLine        `json:"lines"`
}

// SpiderLine is the mean of the figure by tenth of an input, from the replications in which
// it is lowest to those in which it is highest; of alternatives and lists by value.
type SpiderLine struct {
	Input  model.Uncertain `json:"input"`
	Points []SpiderPoint   `json:"points"`
	Swing  float64         `json:"swing"` // from the lowest to the highest point
}

// SpiderPoint is one tenth, or one value of a list.
type SpiderPoint struct {
	Label        string  `json:"label"`
	Value        float64 `json:"value"` // the mean of the input; of alternatives its place
	Figure       float64 `json:"figure"`
	StdErr       float64 `json:"standard_error"` // Monte Carlo
	Replications int     `json:"replications"`
}

const tenths = 10

// Spider is the mean of a total by tenth of each input, from the draws of a run with the
// values of every replication: no other run is needed. Other inputs are as they were drawn,
// so that a line has what goes together with its input. The line that swings furthest is first.
func Spider(ctx context.Context, r *montecarlo.Result, measure montecarlo.Key) (*Spidered, error) {
	drawn, err := r.InputValues(ctx)
	if err != nil {
		return nil, err
	}
	s, err := r.Totals.Find(measure.Name, keyed(measure)...)
	if err != nil {
		return nil, err
	}
	values := r.Values(measure.Name, keyed(measure)...)
	if drawn == nil || values == nil {
		return nil, errNothingUncertain
	}
	spider := &Spidered{Version: r.Version, Measure: s.Key, Conventions: r.Conventions, Mean: s.Mean, Rates: s.Rates}
	drawer, err := r.Version.Drawer()
	if err != nil {
		return nil, err
	}
	for i, u := range drawer.Inputs() {
		line := SpiderLine{Input: u, Points: byTenth(u, drawn[i], values)}
		low, high := math.Inf(1), math.Inf(-1)
		for _, p := range line.Points {
			low, high = min(low, p.Figure), max(high, p.Figure)
		}
		line.Swing = high - low
		spider.Lines = append(spider.Lines, line)
	}
	slices.SortStableFunc(spider.Lines, func(a, b SpiderLine) int { return cmp.Compare(b.Swing, a.Swing) })
	return spider, nil
}

// keyed is what a measure is narrowed to, as lists of figures take it.
func keyed(k montecarlo.Key) []string {
	switch {
	case k.Arm != "":
		return []string{k.Of, k.Arm}
	case k.Of != "":
		return []string{k.Of}
	}
	return nil
}

// byTenth divides replications by the value of an input.
func byTenth(u model.Uncertain, drawn, values []float64) (points []SpiderPoint) {
	order := make([]int, len(drawn))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(drawn[a], drawn[b]) })
	if len(u.Values) > 0 {
		for from := 0; from < len(order); {
			to := from + 1
			for to < len(order) && drawn[order[to]] == drawn[order[from]] {
				to++
			}
			points = append(points, spiderPoint(u, order[from:to], drawn, values))
			from = to
		}
		return points
	}
	for k := range tenths {
		if part := order[k*len(order)/tenths : (k+1)*len(order)/tenths]; len(part) > 0 {
			points = append(points, spiderPoint(u, part, drawn, values))
		}
	}
	return points
}

func spiderPoint(u model.Uncertain, replications []int, drawn, values []float64) SpiderPoint {
	p := SpiderPoint{Replications: len(replications)}
	n := float64(len(replications))
	for _, i := range replications {
		p.Value += drawn[i] / n
		p.Figure += values[i] / n
	}
	if n > 1 {
		sum := 0.0
		for _, i := range replications {
			sum += square(values[i] - p.Figure)
		}
		p.StdErr = math.Sqrt(sum / (n - 1) / n)
	}
	if len(u.Values) > 0 {
		p.Value = drawn[replications[0]]
	}
	p.Label = inputname.Value(u, p.Value)
	return p
}
