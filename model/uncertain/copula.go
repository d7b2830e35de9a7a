package uncertain

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"
)

// Correlation says that two inputs, by number from 0, rise together: Spearman is
// their rank correlation, between -1 and 1, neither included.
type Correlation struct {
	I        int     `json:"i"`
	J        int     `json:"j"`
	Spearman float64 `json:"spearman"`
}

// Copula joins inputs: it turns uniforms that are independent of each other into
// uniforms with given rank correlations. It is a Gaussian copula, in which
// a rank correlation ρ is a correlation of 2 sin(πρ ÷ 6) between Normals (Pearson
// 1907). Pairs that are not given are not correlated, unless through others. It
// does not change once it is made, so any number of goroutines may share it.
type Copula struct {
	n      int
	groups []group
}

// group is inputs that are joined, by a chain of pairs, with each other and no
// others.
type group struct {
	inputs []int       // those that lead, then the others, each in ascending order
	rows   [][]float64 // of the Cholesky factor, each up to its diagonal
}

// NewCopula returns the copula of n inputs. Of each group of inputs that pairs join,
// those that lead come first, and are not changed by the others. The error names the inputs whose
// correlations cannot hold together, and says how much nearer 0 they must be; it
// then has a method Inputs() []int with their numbers, for errors.As.
func NewCopula(n int, pairs []Correlation, leading ...int) (*Copula, error) {
	if err := sound(n, pairs); err != nil {
		return nil, err
	}
	c := &Copula{n: n}
	leads := func(i int) int {
		if slices.Contains(leading, i) {
			return 0
		}
		return 1
	}
	for _, inputs := range joined(n, pairs) {
		slices.SortStableFunc(inputs, func(a, b int) int { return leads(a) - leads(b) })
		rows, ok := factor(inputs, pairs)
		if !ok {
			return nil, impossible(inputs, pairs)
		}
		c.groups = append(c.groups, group{inputs, rows})
	}
	return c, nil
}

// sound returns an error for a pair that is none, is given twice or has a
// correlation out of bounds.
func sound(n int, pairs []Correlation) error {
	for i, p := range pairs {
		switch {
		case p.I < 0 || p.J < 0 || p.I >= n || p.J >= n:
			return fmt.Errorf("inputs %d and %d are correlated, of %d: number them from 0 to %d", p.I, p.J, n, n-1)
		case p.I == p.J:
			return fmt.Errorf("input %d is correlated with itself: name two inputs", p.I)
		case !(p.Spearman > -1 && p.Spearman < 1):
			return fmt.Errorf("inputs %d and %d have a rank correlation of %v: it must lie between -1 and 1, neither included; what moves as one is one input",
				p.I, p.J, p.Spearman)
		}
		for _, q := range pairs[:i] {
			if (q.I == p.I && q.J == p.J) || (q.I == p.J && q.J == p.I) {
				return fmt.Errorf("the correlation of inputs %d and %d is given twice: give it once", p.I, p.J)
			}
		}
	}
	return nil
}

// joined returns the groups of inputs that pairs join, each in ascending order.
func joined(n int, pairs []Correlation) [][]int {
	label := make([]int, n)
	for i := range label {
		label[i] = i
	}
	for _, p := range pairs {
		from, to := max(label[p.I], label[p.J]), min(label[p.I], label[p.J])
		for i := range label {
			if label[i] == from {
				label[i] = to
			}
		}
	}
	members := make([][]int, n)
	for i, l := range label {
		members[l] = append(members[l], i)
	}
	return slices.DeleteFunc(members, func(inputs []int) bool { return len(inputs) < 2 })
}

// factor returns the Cholesky factor of the correlations of the inputs, and
// whether there is one: whether they can hold together.
func factor(inputs []int, pairs []Correlation) ([][]float64, bool) {
	m := mat.NewSymDense(len(inputs), nil)
	for i := range inputs {
		m.SetSym(i, i, 1)
	}
	for _, p := range pairs {
		i, j := slices.Index(inputs, p.I), slices.Index(inputs, p.J)
		if i >= 0 && j >= 0 {
			m.SetSym(i, j, 2*math.Sin(math.Pi*p.Spearman/6))
		}
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(m) {
		return nil, false
	}
	var lower mat.TriDense
	cholesky.LTo(&lower)
	rows := make([][]float64, len(inputs))
	for i := range rows {
		rows[i] = make([]float64, i+1)
		for j := range rows[i] {
			rows[i][j] = lower.At(i, j)
		}
	}
	return rows, true
}

// impossibleError says which correlations cannot hold together.
type impossibleError struct {
	inputs []int
	pairs  []Correlation
}

func impossible(inputs []int, pairs []Correlation) error {
	for i := 0; i < len(inputs); { // down to those of which none can be left out
		fewer := slices.Delete(slices.Clone(inputs), i, i+1)
		if _, ok := factor(fewer, pairs); ok {
			i++
		} else {
			inputs = fewer
		}
	}
	return &impossibleError{inputs, pairs}
}

// Inputs are the numbers of the inputs, the fewest that cannot be correlated so.
func (e *impossibleError) Inputs() []int { return slices.Clone(e.inputs) }

func (e *impossibleError) Error() string {
	var text []string
	for i, a := range e.inputs {
		for _, b := range e.inputs[i+1:] {
			text = append(text, e.pair(a, b))
		}
	}
	return fmt.Sprintf("these rank correlations cannot hold together: %s; they could if each were multiplied by %v", strings.Join(text, "; "), e.shrunk())
}

// pair says what is given for two inputs.
func (e *impossibleError) pair(a, b int) string {
	for _, p := range e.pairs {
		if (p.I == a && p.J == b) || (p.I == b && p.J == a) {
			return fmt.Sprintf("inputs %d and %d, %v", a, b, p.Spearman)
		}
	}
	return fmt.Sprintf("inputs %d and %d, not given and so 0", a, b)
}

// shrunk is the largest number of hundredths by which all could be multiplied.
func (e *impossibleError) shrunk() float64 {
	for hundredths := 99; hundredths > 0; hundredths-- {
		nearer := slices.Clone(e.pairs)
		for i := range nearer {
			nearer[i].Spearman *= float64(hundredths) / 100
		}
		if _, ok := factor(e.inputs, nearer); ok {
			return float64(hundredths) / 100
		}
	}
	return 0
}

// Join makes independent uniforms, one for each input and each between 0 and 1,
// neither included, correlated, in place. Inputs in no pair stay as they are, bit
// for bit, and so does the first input of each group; a uniform out of bounds
// makes those joined to it NaN. It takes no memory.
func (c *Copula) Join(u []float64) {
	u = u[:c.n]
	for _, g := range c.groups {
		first := u[g.inputs[0]]
		for _, i := range g.inputs {
			u[i] = score(u[i])
		}
		for k := len(g.inputs) - 1; k > 0; k-- { // from the last: none is needed after it is replaced
			z := 0.0
			for j, weight := range g.rows[k] {
				z += weight * u[g.inputs[j]]
			}
			u[g.inputs[k]] = uniformOf(z)
		}
		u[g.inputs[0]] = first
	}
}

// score is the score of a uniform in the standard Normal law.
func score(u float64) float64 {
	if !(u > 0 && u < 1) {
		return math.NaN()
	}
	return mathext.NormalQuantile(u)
}

// uniformOf is the uniform of a score, kept off 0 and 1.
func uniformOf(z float64) float64 {
	return max(math.SmallestNonzeroFloat64, min(standardAbove(-z), 1-0x1p-53))
}
