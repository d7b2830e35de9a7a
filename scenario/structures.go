package scenario

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/model"
)

//go:embed structures.yaml
var structures []byte

// Structures describes the common structures of capital, such as senior and junior
// loans, that can be put in place of the investors of a programme: each is the name
// of a layer in [Document.Version], sized to what the programme's own investors
// commit. There are none for a programme whose facility names no commitment.
func (d *Document) Structures() []CaseInfo {
	if d.empty() {
		return nil
	}
	sets, err := d.structures()
	if err != nil {
		return nil
	}
	return describe(sets)
}

// structureNames are the names of the structures, whatever the programme.
func structureNames() (names []string) {
	for _, line := range strings.Split(string(structures), "\n") {
		if name, ok := strings.CutPrefix(line, "  "); ok && !strings.HasPrefix(name, " ") && strings.HasSuffix(name, ":") {
			names = append(names, strings.TrimSuffix(name, ":"))
		}
	}
	return names
}

// structureNames are the names of the structures that fit.
func (d *Document) structureNames() (names []string) {
	for _, info := range d.Structures() {
		names = append(names, info.Name)
	}
	return names
}

// errNoCapital says why no structure fits.
var errNoCapital = errors.New("a structure of capital takes the place of the investors of a programme, and this one names none who commit anything: write a facility with investors")

// structures are the structures for what the programme's own investors commit, in its
// first case.
func (d *Document) structures() ([]editSet, error) {
	p, findings, _ := d.with(d.firstCase())
	if err := join(findings); err != nil {
		return nil, err
	}
	committed := decimal.Zero
	if p.Facility != nil {
		for _, i := range p.Facility.Investors {
			committed = committed.Add(i.Commitment)
		}
	}
	if !committed.IsPositive() {
		return nil, errNoCapital
	}
	root, findings := parse("structures.yaml", sized(committed, providerOf(p.Facility)))
	r := newDecoder(root)
	sets := r.editSets(root, "variants", nil)
	return sets, join(append(findings, r.findings...))
}

// providerOf is who delivers the service.
func providerOf(f *model.Facility) string {
	if i := slices.IndexFunc(f.Investors, func(i model.Investor) bool { return i.Provider }); i >= 0 {
		return f.Investors[i].Name
	}
	return "Provider"
}

var shareOfCommitted = regexp.MustCompile(`<<(\d+)%>>`)

// sized is the text of the structures with the amounts, to the penny, and the name
// of a programme.
func sized(committed decimal.Decimal, provider string) []byte {
	text := shareOfCommitted.ReplaceAllFunc(structures, func(share []byte) []byte {
		percent := decimal.RequireFromString(string(share[2 : len(share)-3]))
		return []byte(committed.Mul(percent).Shift(-2).Round(2).String())
	})
	return []byte(strings.ReplaceAll(string(text), "<<provider>>", strconv.Quote(provider)))
}

// structure finds a structure by name.
func (d *Document) structure(name string) (editSet, error) {
	sets, err := d.structures()
	if err != nil {
		return editSet{}, fmt.Errorf("%q: %w", name, err)
	}
	return find("structure", sets, name)
}
