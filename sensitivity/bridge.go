package sensitivity

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/bits"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Bridged is what each of several changes contributes to the difference of a figure between
// two versions of one programme, in the central projection and to the penny.
type Bridged struct {
	From    *scenario.Version `json:"from"`
	To      *scenario.Version `json:"to"`
	Measure montecarlo.Key    `json:"measure"`
	Prices  contract.Prices   `json:"prices"`
	// Councils are what amounts are divided over: the councils and, where they pay or
	// save apart, other payers; one, which is empty, where the figure is not divided.
	Councils []string `json:"councils"`
	// Years are the financial years; empty where the figure has none.
	Years  []calendar.FinancialYear `json:"years,omitempty"`
	Start  BridgeAmounts            `json:"start"`
	End    BridgeAmounts            `json:"end"`
	Groups []BridgeGroup            `json:"groups"` // in the order of the file; they add up to End less Start in every cell
}

// BridgeGroup is some changes that are made together.
type BridgeGroup struct {
	Name    string                `json:"name"`
	Changes []scenario.Difference `json:"changes"`
	BridgeAmounts
}

// BridgeAmounts are amounts in £, to the penny. Cells add up to the total.
type BridgeAmounts struct {
	Total decimal.Decimal     `json:"total"`
	Cells [][]decimal.Decimal `json:"cells"` // council × year; one year where there are none
}

// NamedGroup is changes that a caller puts together: those of settings under one of the
// paths, which may have stars, or made by a variant, stress or case of that name.
type NamedGroup struct {
	Name  string
	Paths []string
}

// mostGroups bounds how many projections a bridge takes: 2 to that power.
const mostGroups = 8

// Bridge divides the difference of a figure between two versions over groups of changes, by
// Shapley values on the central projection: the mean of what a group adds over all orders in
// which the groups can be made. Each contribution is rounded to the penny so that they add
// up, by largest remainder. Without named groups there is one for each variant, stress and
// edit that the second version has on top of the first; where that is one or none, and for
// versions of different cases, one for each part of a contract that differs, such as
// referrals, unit costs or tariffs. Named groups come first, and what they leave is grouped
// so. The figure is an amount in £. Up to 256 projections are made, by so many workers; 0
// means one for each core. More than eight groups are an error that names them.
func Bridge(ctx context.Context, from, to *scenario.Version, prices contract.Prices, measure montecarlo.Key, groups []NamedGroup, workers int) (*Bridged, error) {
	for _, v := range []*scenario.Version{from, to} {
		if err := runnable(v); err != nil {
			return nil, err
		}
	}
	between, err := scenario.NewBetween(from, to)
	if err != nil {
		return nil, err
	}
	b := &bridge{Between: between, Bridged: &Bridged{From: from, To: to, Measure: measure, Prices: prices}}
	if err := b.group(groups); err != nil {
		return nil, err
	}
	if err := b.shape(); err != nil {
		return nil, err
	}
	values, err := b.project(ctx, cmp.Or(workers, runtime.GOMAXPROCS(0)))
	if err != nil {
		return nil, err
	}
	b.divide(values)
	return b.Bridged, nil
}

// bridge is one in progress.
type bridge struct {
	*scenario.Between
	*Bridged
	of []int // the group of each difference
}

// group divides the differences into groups.
func (b *bridge) group(named []NamedGroup) error {
	if len(b.Differences) == 0 {
		return fmt.Errorf("%s and %s do not differ at their stated values: there is nothing between them", b.Bridged.From.Label(), b.Bridged.To.Label())
	}
	layers := b.layered()
	if layers {
		for _, l := range b.Between.To.Layers { // so that groups are in their order
			if name := layerGroup(l.Name); l.Kind != "edit" && !slices.ContainsFunc(b.Groups, func(g BridgeGroup) bool { return g.Name == name }) {
				b.Groups = append(b.Groups, BridgeGroup{Name: name})
			}
		}
	}
	used := make([]bool, len(named))
	for _, d := range b.Differences {
		name := ""
		for i, g := range named {
			if g.holds(d) && name == "" {
				name, used[i] = g.Name, true
			}
		}
		if name == "" && layers {
			name = layerGroup(d.By)
		} else if name == "" {
			name = partOf(d.Path)
		}
		at := slices.IndexFunc(b.Groups, func(g BridgeGroup) bool { return g.Name == name })
		if at < 0 {
			at, b.Groups = len(b.Groups), append(b.Groups, BridgeGroup{Name: name})
		}
		b.Groups[at].Changes = append(b.Groups[at].Changes, d)
		b.of = append(b.of, at)
	}
	b.dropEmpty()
	for i, g := range named {
		if !used[i] {
			return fmt.Errorf("the group %q holds nothing that differs between the two versions: what differs is %s", g.Name, words.Quoted(b.paths(), 12))
		}
	}
	if n := len(b.Groups); n > mostGroups {
		var all []string
		for _, g := range b.Groups {
			all = append(all, g.Name)
		}
		return fmt.Errorf("the two versions differ in %d groups of settings (%s), and a bridge has at most %d: put some together, as in --group \"care=%s,%s\"", n, strings.Join(all, ", "), mostGroups, b.Groups[0].Changes[0].Path, b.Groups[1].Changes[0].Path)
	}
	return nil
}

// layerGroup is the group of what a layer changes.
func layerGroup(by string) string {
	if by == "edit" {
		return "edits by hand"
	}
	return by
}

// dropEmpty takes away groups without a change, such as a layer that changes nothing.
func (b *bridge) dropEmpty() {
	place, groups := make([]int, len(b.Groups)), []BridgeGroup(nil)
	for g, one := range b.Groups {
		place[g] = len(groups)
		if len(one.Changes) > 0 {
			groups = append(groups, one)
		}
	}
	for i := range b.of {
		b.of[i] = place[b.of[i]]
	}
	b.Groups = groups
}

func (b *bridge) paths() (paths []string) {
	for _, d := range b.Differences {
		paths = append(paths, string(d.Path))
	}
	return paths
}

// holds reports whether a difference belongs to the group.
func (g NamedGroup) holds(d scenario.Difference) bool {
	return slices.ContainsFunc(g.Paths, func(path string) bool {
		_, under := d.Path.Under(path)
		return under || path == d.By
	})
}

// layered reports whether the second version is the first with two or more layers on top,
// which are then the groups.
func (b *bridge) layered() bool {
	from, to := b.Between.From, b.Between.To
	if from.Case != to.Case || len(to.Layers) < len(from.Layers)+2 {
		return false
	}
	if !slices.Equal(from.Layers, to.Layers[:len(from.Layers)]) {
		return false
	}
	by := map[string]bool{}
	for _, d := range b.Differences {
		by[d.By] = true
	}
	return len(by) > 1
}

// parts are the parts of a contract by where their settings stand in a file; the first that
// fits counts.
var parts = []struct{ pattern, name string }{
	{"cohorts.*.referrals", "referrals"},
	{"cohorts.*.start probability", "starts"},
	{"cohorts.*.failure", "placement breakdown"},
	{"cohorts.*.lag", "preparation"},
	{"cohorts.*.background", "without the programme"},
	{"cohorts.*.cashable share", "cashable shares"},
	{"background", "without the programme"},
	{"unit costs", "unit costs"},
	{"metrics.*.tariff", "tariffs"},
	{"metrics.*.cap", "caps"},
	{"contract cap", "caps"},
	{"year caps", "caps"},
	{"payers.*.cap", "caps"},
	{"payers", "payers' shares"},
	{"metrics", "outcomes"},
	{"delivery", "cost of delivery"},
	{"facility", "capital"},
	{"start", "dates"},
	{"end", "dates"},
}

// partOf is the part of a contract that a setting belongs to.
func partOf(path model.Path) string {
	for _, p := range parts {
		if _, ok := path.Under(p.pattern); ok {
			return p.name
		}
	}
	first, _, _ := strings.Cut(string(path), ".")
	return first
}

// shape finds out how the figure is divided, and that it is an amount that both versions
// have.
func (b *bridge) shape() error {
	for _, v := range []*scenario.Version{b.Between.From, b.Between.To} {
		t, err := centralOf(v, b.Prices, b.Measure)
		if err != nil {
			return err
		}
		b.Measure = t.Measure
	}
	if b.Measure.Unit != montecarlo.Pounds {
		return fmt.Errorf("%q is in %s: a bridge is of an amount of money, such as %q", b.Measure, b.Measure.Unit, montecarlo.NetPublic)
	}
	b.Councils = newBridgeCells(b.Measure, b.Between.From.Programme).councils
	return nil
}

// projected is the figure with some groups switched to the second version: its total in
// pence or, where it is divided, the budgets that hold it.
type projected struct {
	cells   bridgeCells
	total   float64
	budgets []finance.Budget
}

// covers adds to the years those of a projection. One between the two versions may have
// years that neither of them has, where its start moves without its end.
func (b *bridge) covers(one projected) {
	for _, budget := range one.budgets {
		for _, y := range budget.Years {
			if !slices.Contains(b.Years, y.Year) {
				b.Years = append(b.Years, y.Year)
			}
		}
	}
	slices.Sort(b.Years)
}

// project works the figure out for every set of groups that is switched to the second
// version: set × cell, in pence.
func (b *bridge) project(ctx context.Context, workers int) ([][]float64, error) {
	sets := 1 << len(b.Groups)
	found, failed := make([]projected, sets), make([]error, sets)
	var working sync.WaitGroup
	next := make(chan int)
	for range min(workers, sets) {
		working.Go(func() {
			for set := range next {
				found[set], failed[set] = b.at(ctx, set)
			}
		})
	}
	for set := range sets {
		next <- set
	}
	close(next)
	working.Wait()
	for set, err := range failed {
		if err != nil {
			return nil, fmt.Errorf("with %s as in %s and the rest as in %s: %w; put together what needs one another, as in --group \"both=PATH,PATH\"", b.names(set), b.Between.To.Label(), b.Between.From.Label(), err)
		}
		b.covers(found[set])
	}
	values := make([][]float64, sets)
	for set, one := range found {
		values[set] = []float64{one.total}
		if one.cells.divided {
			values[set] = one.cells.of(one.budgets, b.Councils, b.Years)
		}
	}
	return values, nil
}

// names are the groups of a set.
func (b *bridge) names(set int) string {
	var names []string
	for g, one := range b.Groups {
		if set>>g&1 == 1 {
			names = append(names, one.Name)
		}
	}
	if len(names) == 0 {
		return "nothing"
	}
	return words.And(names)
}

// at is the figure with some groups switched.
func (b *bridge) at(ctx context.Context, set int) (projected, error) {
	if err := ctx.Err(); err != nil {
		return projected{}, err
	}
	v, err := b.Mixed(func(i int) bool { return set>>b.of[i]&1 == 1 })
	if err != nil {
		return projected{}, err
	}
	projection, err := montecarlo.Central(v, b.Prices)
	if err != nil {
		return projected{}, err
	}
	if cells := newBridgeCells(b.Measure, v.Programme); cells.divided {
		return projected{cells: cells, budgets: projection.Budgets}, nil
	}
	total, err := projection.Totals.Find(b.Measure.Name, keyed(b.Measure)...)
	return projected{total: math.Round(100 * total.Value)}, err
}

// divide works out the Shapley values of every cell and rounds them.
func (b *bridge) divide(values [][]float64) {
	n, sets := len(b.Groups), len(values)
	last, cells := values[sets-1], len(values[0])
	weights := shapleyWeights(n)
	rounded := make([][]int64, n)
	for cell := range cells {
		shares := make([]float64, n)
		for set := range sets {
			for g := range n {
				if set>>g&1 == 0 {
					shares[g] += weights[bits.OnesCount(uint(set))] * (values[set|1<<g][cell] - values[set][cell])
				}
			}
		}
		for g, pence := range largestRemainder(shares, int64(math.Round(last[cell]-values[0][cell]))) {
			rounded[g] = append(rounded[g], pence)
		}
	}
	b.Start, b.End = b.amounts(pence(values[0])), b.amounts(pence(last))
	for g := range b.Groups {
		b.Groups[g].BridgeAmounts = b.amounts(rounded[g])
	}
}

// shapleyWeights are the shares of orders in which so many of the other groups come first.
func shapleyWeights(n int) []float64 {
	weights := make([]float64, n)
	for k := range weights {
		weights[k] = 1 / float64(n)
		for i := range k { // k! (n-1-k)! / n! = 1/n ÷ (n-1 over k)
			weights[k] *= float64(i+1) / float64(n-1-i)
		}
	}
	return weights
}

func pence(values []float64) []int64 {
	all := make([]int64, len(values))
	for i, x := range values {
		all[i] = int64(math.Round(x))
	}
	return all
}

// largestRemainder rounds figures down to whole ones and gives what is left of their sum to
// those that lost most; ties go to the first.
func largestRemainder(figures []float64, sum int64) []int64 {
	rounded, order := make([]int64, len(figures)), make([]int, len(figures))
	left := sum
	for i, x := range figures {
		rounded[i], order[i] = int64(math.Floor(x)), i
		left -= rounded[i]
	}
	lost := func(i int) float64 { return math.Round((figures[i]-math.Floor(figures[i]))*1e6) / 1e6 }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(lost(j), lost(i)) })
	for k := 0; left != 0 && len(order) > 0; k++ {
		step := int64(1)
		if left < 0 { // floors of figures that were a trifle too high
			step = -1
		}
		rounded[order[k%len(order)]] += step
		left -= step
	}
	return rounded
}

// amounts are cells in pence as amounts.
func (b *bridge) amounts(cells []int64) BridgeAmounts {
	var a BridgeAmounts
	sum := int64(0)
	years := max(1, len(b.Years))
	for i, x := range cells {
		sum += x
		if i%years == 0 {
			a.Cells = append(a.Cells, nil)
		}
		row := &a.Cells[len(a.Cells)-1]
		*row = append(*row, decimal.New(x, -2))
	}
	a.Total = decimal.New(sum, -2)
	return a
}
