package sensitivity

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// A stress may be a tail of what is uncertain: "highest tenth of unit costs.residential".
// It changes nothing. It looks at those replications in whose draws the input is so high,
// where every input that goes with it by the file's correlations is as it is drawn there.

// tail is the part of the replications in which an input is highest or lowest.
type tail struct {
	input model.Path
	high  bool
	share float64 // of the replications
}

// tails is how a tail is written.
var tails = regexp.MustCompile(`^(highest|lowest) (tenth|fifth|quarter|third|half) of (.+)$`)

var tailShares = map[string]float64{"tenth": 0.1, "fifth": 0.2, "quarter": 0.25, "third": 1.0 / 3, "half": 0.5}

// readTail reads a tail, and reports whether the part is one.
func readTail(text string, inputs []model.Uncertain) (t tail, ok bool, err error) {
	found := tails.FindStringSubmatch(strings.Join(strings.Fields(text), " "))
	if found == nil {
		return t, false, nil
	}
	t.high, t.share = found[1] == "highest", tailShares[found[2]]
	unknown := &scenario.NameError{What: "uncertain input", Name: found[3]}
	for _, u := range inputs {
		if inputName(u.Path) == found[3] || string(u.Path) == found[3] {
			if strings.HasPrefix(string(u.Path), "alternatives.") {
				return t, true, fmt.Errorf("%q: %s are alternatives of the file, which have no order, so that none is highest or lowest: stress a number, or write what one of them changes as an edit", text, found[3])
			}
			t.input = u.Path
			return t, true, nil
		}
		unknown.Valid = append(unknown.Valid, inputName(u.Path))
	}
	return t, true, unknown
}

// inputName is an input as people write it: its path or, of a factor, the factor's name.
func inputName(path model.Path) string {
	return strings.TrimSuffix(strings.TrimPrefix(string(path), "uncertain."), ".factor")
}

// leastInTail is the fewest replications that a tail may be described by.
const leastInTail = 10

// among is a result in the tails, with a sentence on them.
func among(ctx context.Context, r *montecarlo.Result, all []tail) (*montecarlo.Result, string, error) {
	drawn, err := r.InputValues(ctx)
	if err != nil {
		return nil, "", err
	}
	if drawn == nil {
		return nil, "", fmt.Errorf("nothing is drawn in this run, so that there are no highest and lowest draws: leave --fixed-rates out, or stress an input by an edit")
	}
	inputs := r.Version.Programme.Uncertain
	chosen := map[int]int{}
	var names []string
	for _, t := range all {
		i := slices.IndexFunc(inputs, func(u model.Uncertain) bool { return u.Path == t.input })
		if i < 0 {
			return nil, "", fmt.Errorf("%s is not drawn under this stress, which gives it one value: leave that part out, or the tail", inputName(t.input))
		}
		for _, replication := range t.of(drawn[i]) {
			chosen[replication]++
		}
		names = append(names, t.String())
	}
	var replications []int
	for replication, n := range chosen {
		if n == len(all) {
			replications = append(replications, replication)
		}
	}
	if len(replications) < leastInTail {
		return nil, "", fmt.Errorf("%s has %s of %s, and %d are needed: run more", words.And(names), words.Plural(len(replications), "replication"), words.Count(float64(r.Conventions.Replications)), leastInTail)
	}
	some, err := r.Among(replications)
	return some, fmt.Sprintf("The %s of %s with the %s.%s", words.Plural(len(replications), "replication"), words.Count(float64(r.Conventions.Replications)), words.And(names), together(r.Version.Programme, drawn, all, replications)), err
}

func (t tail) String() string {
	which := "lowest"
	if t.high {
		which = "highest"
	}
	for name, share := range tailShares {
		if share == t.share {
			which += " " + name
		}
	}
	return which + " of " + inputName(t.input)
}

// of are the replications in the tail; of equal values the earlier ones.
func (t tail) of(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if t.high {
			a, b = b, a
		}
		return cmp.Compare(values[a], values[b])
	})
	return order[:int(t.share*float64(len(values))+0.5)]
}

// together says how the inputs that are correlated with those of the tails are there.
func together(p *model.Programme, drawn [][]float64, all []tail, replications []int) string {
	in := func(path model.Path) bool {
		return slices.ContainsFunc(all, func(t tail) bool { return t.input == path })
	}
	var said []string
	for i, u := range p.Uncertain {
		goes := slices.ContainsFunc(p.Correlations, func(c model.RankCorrelation) bool {
			return c.Inputs[0] == u.Path && in(c.Inputs[1]) || c.Inputs[1] == u.Path && in(c.Inputs[0])
		})
		mean := stat.Mean(drawn[i], nil)
		if !goes || in(u.Path) || mean == 0 {
			continue
		}
		there := 0.0
		for _, replication := range replications {
			there += drawn[i][replication] / float64(len(replications))
		}
		way := "higher"
		if there < mean {
			way = "lower"
		}
		said = append(said, fmt.Sprintf("%s is %s %s there on average", inputName(u.Path), words.Percent(max(there/mean, 2-there/mean)-1), way))
	}
	if len(said) == 0 {
		return ""
	}
	return " By the correlations of the file, " + words.And(said) + "."
}
