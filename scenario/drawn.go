package scenario

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// drawn is the programme of one choice of alternatives, into which draws are written
// one over another. Numbers that stand in one place of a programme are written there
// (places.go). Where one input is of another kind, the whole file is read again with
// the drawn values in it, which takes milliseconds and is right by definition.
type drawn struct {
	choice    string
	programme *model.Programme
	laws      []quantiles       // by input of the drawer; nil where this choice has none
	inputs    []model.Uncertain // the same
	blocks    [][]int           // inputs that vary together as shares
	inBlock   []bool            // by input: whether it is in one
	targets   []target
	care      bool             // unit costs or cashable shares are among the targets
	delivery  bool             // costs of delivery are
	contract  bool             // tariffs are
	root      *node            // of the file, to be read again; nil if numbers are written into the programme
	facility  **model.Facility // see [Drawer]
}

// quantiles are those of a law.
type quantiles interface{ Quantile(u float64) float64 }

// quantiles are those of a law, from a table where there will be many draws.
func (d *Drawer) quantiles(law uncertain.Law) quantiles {
	if d.quickly {
		return d.table(law)
	}
	return law
}

// target is an input of the programme that differs from draw to draw.
type target struct {
	path   model.Path
	own    int   // the input that it is; -1 if it is multiplied only
	by     []int // the multipliers
	stated float64
	put    put   // into the programme
	node   *node // of the file
}

// newDrawn prepares one choice of alternatives.
func (d *Drawer) newDrawn(name string, alternatives []string) (*drawn, error) {
	read, err := d.with(alternatives)
	if err != nil {
		return nil, err
	}
	p := withFacility(read.programme, d.facility)
	made := &drawn{choice: name, facility: d.facility, programme: ownNumbers(p), laws: make([]quantiles, len(d.inputs)), inputs: make([]model.Uncertain, len(d.inputs))}
	shareTriggers(made.programme, d.version.Programme)
	for _, u := range p.Uncertain {
		if i := d.find(u.Path); i >= 0 && !ofAlternatives(u) {
			made.inputs[i] = u
			if u.Shares != "" { // shares of the sum of such numbers
				u.Law = uncertain.Law{Family: uncertain.Gamma, A: u.Count, B: 1}
			}
			made.laws[i] = d.quantiles(u.Law)
		}
	}
	for i, u := range d.inputs { // whose value is the place in the list
		if ofAlternatives(u) {
			made.laws[i] = d.quantiles(u.Law)
		}
	}
	made.blocks, made.inBlock = blocksOf(made.inputs), make([]bool, len(made.inputs))
	for _, i := range slices.Concat(made.blocks...) {
		made.inBlock[i] = true
	}
	made.aim()
	puts := newPuts(made.programme)
	for i := range made.targets {
		t := &made.targets[i]
		if t.put = puts.at(t.path); t.put == nil {
			return made, made.readAgain(read.root, t.path)
		}
		t.stated = t.put.stated()
		switch t.put.(type) {
		case *amount, *share:
			made.care = true
		case *deliveryScale, *delivery:
			made.delivery = true
		case *tariff:
			made.contract = true
		}
	}
	return made, nil
}

// blocksOf lists the inputs whose shares add up to 1, block by block.
func blocksOf(inputs []model.Uncertain) (blocks [][]int) {
	for i := range inputs {
		if inputs[i].Shares == "" {
			continue
		}
		same := func(block []int) bool { return inputs[block[0]].Shares == inputs[i].Shares }
		if at := slices.IndexFunc(blocks, same); at >= 0 {
			blocks[at] = append(blocks[at], i)
		} else {
			blocks = append(blocks, []int{i})
		}
	}
	return blocks
}

// aim lists what the inputs change.
func (n *drawn) aim() {
	aimed := func(path model.Path) *target {
		i := slices.IndexFunc(n.targets, func(t target) bool { return t.path == path })
		if i < 0 {
			i, n.targets = len(n.targets), append(n.targets, target{path: path, own: -1})
		}
		return &n.targets[i]
	}
	for i, u := range n.inputs {
		switch {
		case u.Path == "":
		case len(u.Multiplies) > 0:
			for _, path := range u.Multiplies {
				t := aimed(path)
				t.by = append(t.by, i)
			}
		case strings.HasPrefix(string(u.Path), "uncertain."): // it multiplies nothing
		default:
			aimed(u.Path).own = i
		}
	}
}

// ownNumbers returns a copy of a programme whose numbers can be written over.
func ownNumbers(p *model.Programme) *model.Programme {
	q := *p
	q.Background = ownRows(p.Background)
	q.Cohorts = slices.Clone(p.Cohorts)
	for i := range q.Cohorts {
		c := &q.Cohorts[i]
		c.Background, c.Failure = ownRows(c.Background), ownRow(c.Failure)
	}
	q.UnitCosts, q.Contract.Metrics = slices.Clone(p.UnitCosts), slices.Clone(p.Contract.Metrics)
	if p.Delivery != nil {
		own := *p.Delivery
		q.Delivery = &own
	}
	return &q
}

// shareTriggers gives a programme the triggers of another where they are equal, so that
// it shows at a glance that they are, draw by draw.
func shareTriggers(p, of *model.Programme) {
	for i := range min(len(p.Contract.Metrics), len(of.Contract.Metrics)) {
		if trigger := of.Contract.Metrics[i].Trigger; reflect.DeepEqual(p.Contract.Metrics[i].Trigger, trigger) {
			p.Contract.Metrics[i].Trigger = trigger
		}
	}
}

// draw writes the values of the inputs into the programme.
func (n *drawn) draw(values []float64) (Drawn, error) {
	if n.root != nil {
		return n.drawAgain(values)
	}
	for i := range n.targets {
		t := &n.targets[i]
		t.put.set(t.value(values))
	}
	for i := range n.targets {
		if err := n.targets[i].put.check(); err != nil {
			return Drawn{}, &Again{n.about(n.targets[i].path), located.Within(string(n.targets[i].path), err)}
		}
	}
	return Drawn{Programme: n.programme, Choice: n.choice, Care: n.care, Delivery: n.delivery, Contract: n.contract, Values: values}, nil
}

// value is the drawn value of a target.
func (t *target) value(values []float64) float64 {
	x := t.stated
	if t.own >= 0 {
		x = values[t.own]
	}
	for _, i := range t.by {
		x *= values[i]
	}
	return x
}

// about lists the inputs that move something in the same row or block as a path.
func (n *drawn) about(path model.Path) []int {
	var all []int
	for _, t := range n.targets {
		if outer(string(t.path)) == outer(string(path)) || strings.HasPrefix(string(path), outer(string(t.path))+".") {
			if t.own >= 0 {
				all = append(all, t.own)
			}
			all = append(all, t.by...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// readAgain makes every draw read the file, because of one input.
func (n *drawn) readAgain(root *node, because model.Path) error {
	if root == nil {
		return fmt.Errorf("%s: this cannot be drawn in a programme that was not read from a file: write it into one", because)
	}
	n.root = root.clone()
	n.root.forgetLaws()
	n.root.entries = slices.DeleteFunc(n.root.entries, func(e entry) bool { return e.name == "correlations" || e.name == "uncertain" }) // of laws
	for i := range n.targets {
		t := &n.targets[i]
		at, ok := n.root.find(strings.Split(string(t.path), "."))
		if !ok {
			return fmt.Errorf("%s: there is no such setting", t.path)
		}
		t.node = at
		t.stated = 1 // of a rate as it was measured, whose factor is written
		if at.kind == scalar {
			t.stated = at.number()
		} else if factor, ok := at.entry(rateTimes); ok {
			t.stated = factor.value.inner().number()
		}
	}
	_, err := n.drawAgain(n.expected())
	return err
}

// forgetLaws takes off what says how well numbers are known.
func (n *node) forgetLaws() {
	if _, wrapped := n.entry("value"); wrapped {
		n.entries = slices.DeleteFunc(n.entries, func(e entry) bool { return slices.Contains(lawNames, e.name) })
	}
	for _, e := range n.entries {
		e.value.forgetLaws()
	}
	for _, item := range n.items {
		item.forgetLaws()
	}
}

// expected is the mean of every input.
func (n *drawn) expected() []float64 {
	values := make([]float64, len(n.inputs))
	for i, u := range n.inputs {
		if u.Path != "" {
			values[i] = u.Law.Mean()
		}
		if len(u.Values) > 0 {
			values[i] = u.Law.Quantile(0.5)
		}
	}
	return values
}

// find goes to a setting, without the evidence that it is wrapped in.
func (n *node) find(names []string) (*node, bool) {
	n = n.inner()
	for _, name := range names {
		slots := n.slots(name)
		if len(slots) != 1 {
			return nil, false
		}
		n = (*slots[0].node).inner()
	}
	return n, true
}

// number is the number that a single value is written as, per cent or not.
func (n *node) number() float64 {
	if share, ok := n.countedShare(); ok {
		x, _ := strconv.ParseFloat(share, 64)
		return x
	}
	q, _ := parseQuantity(n.text)
	if q.unit == "%" {
		q.number = q.number.Shift(-2)
	}
	return q.number.InexactFloat64()
}

// drawAgain reads the file with the values of the inputs in it.
func (n *drawn) drawAgain(values []float64) (Drawn, error) {
	shares := map[model.Path]float64{} // what is left for the last of each block
	for i := range n.targets {
		t := &n.targets[i]
		x := t.value(values)
		switch {
		case t.node.kind != scalar:
			t.node.setFactor(x)
		case t.own >= 0 && len(n.inputs[t.own].Values) > 0 && len(t.by) == 0:
			u := n.inputs[t.own]
			at := slices.IndexFunc(u.Law.Values, func(w uncertain.Weighted) bool { return w.Value == x })
			t.node.text = u.Values[max(0, at)]
		default:
			if t.own >= 0 && n.inputs[t.own].Shares != "" {
				x = n.shareOfBlock(t, x, shares)
			}
			t.node.text, t.node.set = asWritten(x), &origin{by: "draw", product: true}
			if strings.HasSuffix(string(t.path), "share") { // which has at most nine decimals, however small
				t.node.text = decimal.NewFromFloat(x).Round(9).String()
			}
		}
	}
	p, findings := decode(n.root, nil, false)
	if err := join(findings); err != nil {
		return Drawn{}, &Again{slices.Collect(maps.Keys(n.all())), err}
	}
	return Drawn{Programme: withFacility(p, n.facility), Choice: n.choice, Whole: true, Values: values}, nil
}

// all is every input that this choice draws.
func (n *drawn) all() map[int]bool {
	all := map[int]bool{}
	for i, u := range n.inputs {
		if u.Path != "" {
			all[i] = true
		}
	}
	return all
}

// asWritten is a number as a file may have it: at most nine decimals where it is
// not small.
func asWritten(x float64) string {
	if math.Abs(x) >= 0.01 || x == 0 {
		return decimal.NewFromFloat(x).Round(9).String()
	}
	digits := 11 - int(math.Floor(math.Log10(math.Abs(x)))) // twelve that are not 0
	return strconv.FormatFloat(x, 'f', digits, 64)
}

// shareOfBlock rounds a share of those that vary together; the last is what is left.
func (n *drawn) shareOfBlock(t *target, share float64, left map[model.Path]float64) float64 {
	block := n.inputs[t.own].Shares
	if _, ok := left[block]; !ok {
		left[block] = 1
	}
	share = math.Round(share*1e9) / 1e9
	last := 0
	for i, u := range n.inputs {
		if u.Shares == block {
			last = i
		}
	}
	if t.own == last {
		share = math.Round(left[block]*1e9) / 1e9
	}
	left[block] -= share
	return share
}

// setFactor writes the factor of a rate that is written as it was measured.
func (n *node) setFactor(x float64) {
	text := asWritten(x)
	if e, ok := n.entry(rateTimes); ok {
		e.value = &node{kind: scalar, text: text, at: n.at}
		return
	}
	n.entries = append(n.entries, entry{name: rateTimes, at: n.at, value: &node{kind: scalar, text: text, at: n.at}})
}

var errAboveOne = errors.New("the chance would be more than 1")
