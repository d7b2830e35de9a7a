package scenario

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/edgeofcare/edgeofcare/internal/located"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// Drawer makes draws of what is uncertain about a version: programmes in which every
// uncertain input has another value. Make one with [Version.Drawer]. Two goroutines
// must not use one at the same time: give each its own with Clone.
type Drawer struct {
	version *Version
	own     []string // the alternatives that are in the version: the first of each
	inputs  []model.Uncertain
	copula  *uncertain.Copula // nil without correlations
	// partners are inputs that an edit has made certain and others go together with,
	// and order is where each input, and then each partner, stands in the copula.
	partners []model.Path
	order    []int
	open     []open            // alternatives, in the order of inputs
	choices  map[string]*drawn // by the places of the alternatives that were drawn
	key      []byte            // of a choice
	shared   *drawnInCommon
	tables   *once[*uncertain.Quick] // of the document
	quickly  bool                    // quantiles come from tables, which pay where there are many draws
	joined   []float64               // by input
	scores   []float64               // in the order of the copula
	values   []float64
	held     *drawsOfTable // nil unless some inputs are held to what was paid
	// facility is the one that was given by hand; nil for that of the file.
	facility **model.Facility
}

// open is alternatives of which one is drawn.
type open struct {
	input int
	law   *uncertain.Quick
}

// drawnInCommon is what drawers of one version have in common.
type drawnInCommon struct {
	sync.Mutex
	choices map[string]choice // by the variants in them
}

func newDrawnInCommon() *drawnInCommon { return &drawnInCommon{choices: map[string]choice{}} }

// choice is the programme with some alternatives, and the file that it was read from.
type choice struct {
	programme *model.Programme
	root      *node
}

// Drawn is one draw.
type Drawn struct {
	// Programme has the drawn values. The next draw may change it.
	Programme *model.Programme
	// Choice is the names of the alternatives that were drawn, one after another;
	// empty without alternatives. Programmes of one choice differ in numbers
	// alone, unless Whole is set.
	Choice string
	// Whole says that the programme was read anew, and may differ from another of
	// the same choice in more than rates, prices and numbers of children.
	Whole bool
	// Care says that unit costs or cashable shares differ from draw to draw.
	Care bool
	// Delivery says that costs of delivery do, and Contract that tariffs do.
	Delivery, Contract bool
	// Values are the values of the inputs, in the order of [Drawer.Inputs]: of a
	// list the value, or the place in the list. The next draw changes them.
	Values []float64
}

// mostChoices bounds the memory that alternatives take.
const mostChoices = 64

// Drawer returns what makes draws of the version; nil if nothing in it is uncertain.
// The error says which input cannot be drawn, as where more than one draw in a
// million would have moves out of a state that add up to more than 1; a version
// without a programme file can draw only what [model.Programme.Uncertain] says of
// rates, numbers of children, unit costs and shares.
func (v *Version) Drawer() (*Drawer, error) {
	if v == nil || v.Programme == nil || len(v.Programme.Uncertain) == 0 {
		return nil, nil
	}
	for _, u := range v.Programme.Uncertain {
		if ofAlternatives(u) && (len(u.Values) == 0 || len(u.Values) < len(u.Law.Values)) {
			return nil, located.At(string(u.Path), "%d alternatives are named of %d: give each its name", len(u.Values), len(u.Law.Values))
		}
	}
	d := v.newDrawer()
	if err := d.respect(); err != nil {
		return nil, err
	}
	if err := d.prepare(); err != nil {
		return nil, err
	}
	return d, nil
}

// prepare sees to alternatives and correlations, and tries draws.
func (d *Drawer) prepare() error {
	if err := d.addAlternatives(); err != nil {
		return err
	}
	if err := d.correlate(); err != nil {
		return err
	}
	d.makeRoom()
	if err := d.check(true); err != nil {
		return err
	}
	d.choices, d.quickly = map[string]*drawn{}, true
	return nil
}

func (v *Version) newDrawer() *Drawer {
	d := &Drawer{
		version: v, inputs: slices.Clone(v.Programme.Uncertain), choices: map[string]*drawn{},
		shared: cmp.Or(v.alternatives, newDrawnInCommon()), tables: &once[*uncertain.Quick]{},
	}
	if v.document != nil {
		d.tables = v.document.tables
	}
	for _, u := range alternativesIn(d.inputs) {
		d.own = append(d.own, u.Values[0])
	}
	d.own = variantsIn(d.own)
	for i, u := range d.inputs {
		if ofAlternatives(u) {
			d.open = append(d.open, open{i, uncertain.NewQuick(u.Law)}) // of a list, of which there is no table
		}
	}
	return d
}

// drawable returns why the version cannot be drawn with the first of all alternatives.
func (d *Drawer) drawable() error {
	if err := d.correlate(); err != nil {
		return err
	}
	d.makeRoom()
	return d.check(false)
}

// makeRoom makes working space.
func (d *Drawer) makeRoom() {
	d.joined, d.values = make([]float64, len(d.inputs)), make([]float64, len(d.inputs))
	d.scores = make([]float64, len(d.order))
}

// Inputs are what is uncertain, in the order of the values of a draw. They belong to
// the drawer.
func (d *Drawer) Inputs() []model.Uncertain { return d.inputs }

// Partners are inputs that an edit has made certain and that the file correlates with
// uncertain ones (see [model.MadeCertain]). They belong to the drawer.
func (d *Drawer) Partners() []model.Path { return d.partners }

// Clone returns a drawer of the same inputs, with programmes of its own.
func (d *Drawer) Clone() *Drawer {
	c := *d
	c.choices, c.key = map[string]*drawn{}, nil
	c.makeRoom()
	if d.copula != nil {
		joint := *d.copula
		c.copula = &joint
	}
	return &c
}

// Again says that a draw cannot be, because of the values of some inputs: draw these
// once more.
type Again struct {
	Inputs  []int // places in [Drawer.Inputs]
	Problem error
}

func (a *Again) Error() string { return a.Problem.Error() }

// Unwrap returns what is wrong with the draw.
func (a *Again) Unwrap() error { return a.Problem }

// Draw sets every input to a quantile of its law, each above 0 and below 1, in the
// order of Inputs, and after these of Partners, which have no value. See also
// [Drawer.Hold]. The error is an *Again for a draw that cannot be.
func (d *Drawer) Draw(quantiles []float64) (Drawn, error) {
	choice, err := d.value(quantiles)
	if err != nil {
		return Drawn{}, err
	}
	return choice.draw(d.values)
}

// Values are the values that [Drawer.Draw] gives the inputs, without a programme and
// without a look at whether the draw can be. The next call changes them.
func (d *Drawer) Values(quantiles []float64) ([]float64, error) {
	_, err := d.value(quantiles)
	return d.values, err
}

// value works out the value of every input.
func (d *Drawer) value(quantiles []float64) (*drawn, error) {
	if d.version == nil {
		return nil, errors.New("there is nothing to draw from: make a Drawer with Version.Drawer")
	}
	wanted := len(d.inputs) + len(d.partners)
	if d.held != nil {
		wanted++
	}
	if len(quantiles) != wanted {
		return nil, fmt.Errorf("there are %d quantiles for %d uncertain inputs%s", len(quantiles), len(d.inputs), d.andPartners())
	}
	for _, q := range quantiles {
		if !(q > 0 && q < 1) {
			return nil, fmt.Errorf("quantile %v: it must lie between 0 and 1", q)
		}
	}
	copy(d.joined, quantiles)
	if d.copula != nil {
		for i, at := range d.order {
			d.scores[at] = quantiles[i]
		}
		d.copula.Join(d.scores)
		for i := range d.joined {
			d.joined[i] = d.scores[d.order[i]]
		}
	}
	row := 0
	if d.held != nil {
		row = d.held.at(quantiles[wanted-1])
	}
	choice, err := d.choose(func(o open) int {
		if d.held.has(o.input) {
			return int(d.held.values[o.input][row])
		}
		return int(o.law.Quantile(d.joined[o.input]))
	})
	if err != nil {
		return nil, err
	}
	for i, law := range choice.laws {
		d.values[i] = 0
		if law != nil && (!d.held.has(i) || choice.inBlock[i]) {
			d.values[i] = law.Quantile(d.joined[i])
		}
	}
	d.share(choice)
	for i := range d.values {
		if d.held.has(i) {
			d.values[i] = d.held.values[i][row]
		}
	}
	return choice, nil
}

// andPartners says how many of the inputs that are drawn are certain.
func (d *Drawer) andPartners() string {
	if len(d.partners) == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d that an edit has made certain", len(d.partners))
}

// share makes shares of the values of inputs that vary together: by themselves they
// are Gamma, and their shares in the sum are Dirichlet.
func (d *Drawer) share(choice *drawn) {
	for _, block := range choice.blocks {
		sum := 0.0
		for _, i := range block {
			sum += d.values[i]
		}
		for _, i := range block {
			d.values[i] /= sum
		}
	}
}

// choose returns the programme with the alternatives that are drawn, by their places.
func (d *Drawer) choose(place func(open) int) (*drawn, error) {
	d.key = d.key[:0]
	for _, o := range d.open {
		d.key = binary.AppendUvarint(d.key, uint64(place(o)))
	}
	if made, ok := d.choices[string(d.key)]; ok {
		return made, nil
	}
	if len(d.choices) >= mostChoices {
		return nil, fmt.Errorf("there are more than %d choices of alternatives: have fewer", mostChoices)
	}
	name, alternatives := "", []string(nil)
	for _, o := range d.open {
		one := d.inputs[o.input].Values[place(o)]
		name, alternatives = name+plusSign+one, append(alternatives, one)
	}
	made, err := d.newDrawn(name, alternatives)
	if err != nil {
		return nil, err
	}
	d.choices[string(d.key)] = made
	return made, nil
}

// with is the programme with some alternatives, and the file that it was read from,
// which nobody may change. Reading takes milliseconds, and so each is read once, whatever
// drawers the version has.
func (d *Drawer) with(alternatives []string) (choice, error) {
	variants, own := variantsIn(alternatives), choice{d.version.Programme, d.version.root}
	if d.version.document == nil || own.root != nil && slices.Equal(variants, d.own) {
		return own, nil
	}
	d.shared.Lock()
	defer d.shared.Unlock()
	name := strings.Join(variants, plusSign)
	if made, ok := d.shared.choices[name]; ok {
		return made, nil
	}
	made, err := d.version.withAlternatives(variants)
	if err != nil {
		return choice{}, err
	}
	d.shared.choices[name] = made
	return made, nil
}

// variantsIn are the alternatives that change the file.
func variantsIn(alternatives []string) []string {
	return slices.DeleteFunc(slices.Clone(alternatives), func(name string) bool { return name == asInTheFile })
}

// alternativesIn are the inputs that are alternatives.
func alternativesIn(inputs []model.Uncertain) []model.Uncertain {
	return slices.DeleteFunc(slices.Clone(inputs), func(u model.Uncertain) bool { return !ofAlternatives(u) })
}

// withAlternatives is the version with other alternatives.
func (v *Version) withAlternatives(names []string) (choice, error) {
	var all []Edit
	if v.Case != "" {
		set, err := find("case", v.document.cases, v.Case)
		if err != nil {
			return choice{}, err
		}
		all = slices.Clone(set.edits)
	}
	for _, name := range names {
		edits, err := v.document.alternative(name)
		if err != nil {
			return choice{}, err
		}
		all = append(all, edits...)
	}
	p, findings, editor := v.document.with(append(all, v.edits...))
	return choice{p, editor.root}, join(findings)
}

// addAlternatives adds the inputs that are uncertain under some alternative only.
func (d *Drawer) addAlternatives() error {
	for _, u := range slices.Clone(d.inputs) {
		if !ofAlternatives(u) {
			continue
		}
		for _, name := range u.Values {
			made, err := d.with([]string{name})
			if err != nil {
				return err
			}
			if err := sameShape(d.version.Programme, made.programme); err != nil {
				return located.At(string(u.Path), "%q: %s", name, err)
			}
			for _, other := range made.programme.Uncertain {
				if !ofAlternatives(other) && !d.has(other.Path) {
					d.inputs = append(d.inputs, other)
				}
			}
		}
	}
	return nil
}

// sameShape refuses what would change the rows and columns of every table.
func sameShape(a, b *model.Programme) error {
	x, y := a.Shape(), b.Shape()
	same := slices.Equal(x.Quarters, y.Quarters) && slices.Equal(x.Commissioners, y.Commissioners) && slices.Equal(x.Cohorts, y.Cohorts) &&
		slices.Equal(x.States, y.States) && slices.Equal(x.Metrics, y.Metrics) && (a.Delivery == nil) == (b.Delivery == nil)
	if !same || !slices.EqualFunc(a.Contract.Payers, b.Contract.Payers, func(p, q contract.Payer) bool { return p.Name == q.Name }) {
		return errors.New("days, councils, cohorts, states, metrics and payers cannot vary: write a variant for each, and compare them")
	}
	return nil
}

func (d *Drawer) has(path model.Path) bool { return d.find(path) >= 0 }

func (d *Drawer) find(path model.Path) int {
	return slices.IndexFunc(d.inputs, func(u model.Uncertain) bool { return u.Path == path })
}

// correlate prepares the correlations between inputs.
func (d *Drawer) correlate(leading ...model.Path) error {
	p := d.version.Programme
	all := slices.Clone(p.Correlations)
	d.partners = nil
	for _, m := range p.MadeCertain {
		all = append(all, m.Correlations...)
		if !d.has(m.Input) { // it is uncertain under another alternative
			d.partners = append(d.partners, m.Input)
		}
	}
	d.place(p.MadeCertain)
	var pairs []uncertain.Correlation
	for _, c := range all {
		i, j := d.inCopula(c.Inputs[0]), d.inCopula(c.Inputs[1])
		if i < 0 || j < 0 {
			return located.At("correlations", "%q and %q must both be uncertain", c.Inputs[0], c.Inputs[1])
		}
		pairs = append(pairs, uncertain.Correlation{I: i, J: j, Spearman: c.Spearman})
	}
	if len(pairs) == 0 {
		return nil
	}
	var first []int
	for _, path := range leading {
		if i := d.inCopula(path); i >= 0 {
			first = append(first, i)
		}
	}
	var err error
	d.copula, err = uncertain.NewCopula(len(d.order), pairs, first...)
	return err
}

// place works out the order of inputs and partners in the copula: that of the file, in
// which each of a group is drawn given those before it.
func (d *Drawer) place(made []model.MadeCertain) {
	d.order = make([]int, len(d.inputs)+len(d.partners))
	next := 0
	behind := func(path model.Path) {
		for k, partner := range d.partners {
			m := made[slices.IndexFunc(made, func(m model.MadeCertain) bool { return m.Input == partner })]
			if m.After == path || path == "" && !d.has(m.After) {
				d.order[len(d.inputs)+k] = next
				next++
			}
		}
	}
	behind("")
	for i, u := range d.inputs {
		d.order[i] = next
		next++
		behind(u.Path)
	}
}

// inCopula is the place of an input or partner in the copula; -1 if it is none.
func (d *Drawer) inCopula(path model.Path) int {
	i := d.find(path)
	if i < 0 {
		if i = slices.Index(d.partners, path); i < 0 {
			return -1
		}
		i += len(d.inputs)
	}
	return d.order[i]
}

// Lead puts some inputs first among those that the file correlates, so that their
// quantiles are what a caller gives, whatever those of the others are. The laws of all
// inputs and their correlations stay as they are.
func (d *Drawer) Lead(inputs []model.Path) error { return d.correlate(inputs...) }

// rare is how seldom a draw may have to be made again: one in a million.
const rare = 1e-6

// check makes the draws in which every input is at an end of what is likely, in each
// choice of alternatives that one of them has by itself.
func (d *Drawer) check(alternatives bool) error {
	at := make([]float64, len(d.inputs)+len(d.partners))
	for i := range at {
		at[i] = 0.5
	}
	var faults []error
	try := func() {
		_, err := d.Draw(at)
		if err != nil {
			faults = append(faults, err)
		}
	}
	copula := d.copula
	d.copula = nil // the ends are those of each input by itself
	defer func() { d.copula = copula }()
	for _, end := range []float64{0.5, rare, 1 - rare} {
		for i := range d.inputs {
			at[i] = end
			if ofAlternatives(d.inputs[i]) {
				at[i] = rare
			}
		}
		try()
		for i, u := range d.inputs {
			if !ofAlternatives(u) || !alternatives {
				continue
			}
			sum := 0.0
			for _, one := range u.Law.Values { // each by itself
				at[i] = sum + one.Weight/2
				if sum += one.Weight; one.Weight > 0 {
					try()
				}
			}
			at[i] = rare
		}
		if len(faults) > 0 {
			break
		}
	}
	if len(faults) == 0 {
		return nil
	}
	const problem = "more than one draw in a million of what is uncertain cannot be: %s; narrow the ranges"
	if at, ok := errors.AsType[*located.Error](faults[0]); ok {
		return located.At(at.Path, problem, at.Problem)
	}
	return fmt.Errorf(problem, faults[0])
}
