package model

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// Uncertain is one input that is not known exactly: in every draw it has another
// value. In the central projection it has the value that is stated.
type Uncertain struct {
	// Path is where the input stands in the programme file. That of a multiplier
	// ends in "factor", that of alternatives begins with "alternatives".
	Path Path          `json:"path"`
	Law  uncertain.Law `json:"law"`
	// Said is how well the input is known, in the words of the file: "range:
	// 0.0060 to 0.0110".
	Said string `json:"said"`
	// Multiplies are the inputs that a multiplier multiplies.
	Multiplies []Path `json:"multiplies,omitempty"`
	// Values are what a list of values or of alternatives has, as written; the
	// law's values are then their numbers, or their places counted from 0.
	Values []string `json:"values,omitempty"`
	// Shares is the block whose shares vary together, so that they add up to 1;
	// empty for any other input. The law is then that of a share by itself.
	Shares Path `json:"shares,omitempty"`
	// Count is how many were counted for one of such shares.
	Count float64 `json:"count,omitempty"`
}

// RankCorrelation is how far two uncertain inputs go together: Spearman's rank
// correlation, from -1 to 1.
type RankCorrelation struct {
	Inputs   [2]Path `json:"inputs"`
	Spearman float64 `json:"spearman"`
}

// MadeCertain is an input that an edit has made certain. It is no longer drawn, and
// the random numbers that it would be drawn from go on having their part in the draws
// of the inputs that the file correlates with it, so that the edit changes none of
// these.
type MadeCertain struct {
	Input Path `json:"input"`
	// After is the uncertain input that stands before it in the file; empty for none.
	After Path `json:"after,omitempty"`
	// Correlations are with inputs that are uncertain or stand before it in the list.
	Correlations []RankCorrelation `json:"correlations"`
}

// uncertain checks laws and correlations.
func (v *validation) uncertain() {
	paths := map[Path]int{}
	for i, u := range v.p.Uncertain {
		_, twice := paths[u.Path]
		v.need(!twice, string(u.Path), "the input is twice in the list of what is uncertain")
		paths[u.Path] = i
		if err := u.Law.Check(); err != nil {
			v.fault(string(u.Path), "%s", err)
		}
	}
	var pairs []uncertain.Correlation
	names := make([]Path, 0, len(v.p.Uncertain)+len(v.p.MadeCertain))
	for _, u := range v.p.Uncertain {
		names = append(names, u.Path)
	}
	for i, c := range v.p.Correlations {
		path := fmt.Sprintf("correlations.%d", i+1)
		first, known := paths[c.Inputs[0]]
		second, alsoKnown := paths[c.Inputs[1]]
		v.need(known && alsoKnown, path, "%q and %q must both be uncertain inputs", c.Inputs[0], c.Inputs[1])
		v.need(first != second, path, "an input cannot be correlated with itself")
		if known && alsoKnown && first != second {
			pairs = append(pairs, uncertain.Correlation{I: first, J: second, Spearman: c.Spearman})
		}
	}
	for _, m := range v.p.MadeCertain {
		_, twice := paths[m.Input]
		v.need(!twice, string(m.Input), "it is uncertain or made certain already: list it once")
		paths[m.Input] = len(names)
		names = append(names, m.Input)
		for _, c := range m.Correlations {
			first, known := paths[c.Inputs[0]]
			second, alsoKnown := paths[c.Inputs[1]]
			v.need(known && alsoKnown && first != second, "correlations", "%q and %q must be two inputs, uncertain or made certain", c.Inputs[0], c.Inputs[1])
			if known && alsoKnown && first != second {
				pairs = append(pairs, uncertain.Correlation{I: first, J: second, Spearman: c.Spearman})
			}
		}
	}
	if len(pairs) > 0 {
		_, err := uncertain.NewCopula(len(names), pairs)
		var together interface {
			error
			Inputs() []int
		}
		switch {
		case errors.As(err, &together):
			var quoted []string
			for _, i := range together.Inputs() {
				quoted = append(quoted, strconv.Quote(string(names[i])))
			}
			v.fault("correlations", "the rank correlations of %s cannot hold together, as where one input goes with two others that go against each other: bring them nearer to 0", words.And(quoted))
		case err != nil:
			v.fault("correlations", "%s", err)
		}
	}
}
