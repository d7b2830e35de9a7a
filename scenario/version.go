package scenario

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
)

// Version is a programme that can be run, with what it was made of as data: the
// case, the layers on top of it, and every setting that they changed. Make one with
// [Document.Version]; for a programme that was built in Go, use
// &Version{Programme: p}.
type Version struct {
	Programme *model.Programme `json:"programme"`
	// Case is the name of the case; empty for a file without cases.
	Case string `json:"case,omitempty"`
	// Layers are the variants, stresses and edits on top of the case, in the
	// order in which they were applied.
	Layers []Layer `json:"layers,omitempty"`
	// Changes are the settings of the file that the case and the layers
	// changed, in order. A path with stars gives one change for each setting
	// that it applies to.
	Changes []Change `json:"changes,omitempty"`
	// LawsAlone says that the case is held to what was paid, and that what is on top of
	// it changes what its draws depend on: its inputs have the laws of the file.
	LawsAlone bool `json:"laws_alone,omitempty"`

	document *Document
	edits    []Edit // of the layers
	// Where something is uncertain:
	root   *node    // of the file with the edits in it
	asRead *reading // of the programme that was read
	// alternatives are for all drawers of the version.
	alternatives *drawnInCommon
}

// Layer is a variant, a stress or an edit on top of a case.
type Layer struct {
	Kind string `json:"kind"` // "variant", "structure", "stress" or "edit"
	Name string `json:"name"` // of the variant, structure or stress; the edit as [ParseEdit] reads it: "contract cap*=0.9"
}

// The kinds of layer.
const (
	variantLayer   = "variant"
	structureLayer = "structure"
	stressLayer    = "stress"
	editLayer      = "edit"
)

// Change is one setting of a programme file that a case, variant, stress or edit
// changed.
type Change struct {
	Path   string `json:"path"`             // as in [Edit], without stars
	Before string `json:"before,omitempty"` // as written; empty for a setting that was not there
	After  string `json:"after"`            // as written
	By     string `json:"by"`               // the case, variant or stress; "edit" for any other edit
	// KnownBefore and KnownAfter are how well the value was and is known, as
	// written: "range: 0.004 to 0.020". They are empty for a value without a range,
	// and for a count, which says it itself.
	KnownBefore string `json:"known_before,omitempty"`
	KnownAfter  string `json:"known_after,omitempty"`
	// Does is "times" or "plus" where After was worked out from Before; empty
	// where a value was put in its place.
	Does string `json:"does,omitempty"`
}

// Version returns the programme with a case and the variants, stresses and edits on
// top of it, as people write it: "medium", "medium + flat tariffs", "medium +
// referrals down 20% + {unit costs.residential=5200}". The package documentation
// describes the language. Further edits are applied last. An empty case is the
// first case of the file, or none if the file has no cases.
//
// The error for a name that the file does not have is a *NameError, that for a text
// that cannot be read [ErrLanguage]; edits that do not fit are faults, each a
// *model.Fault.
func (d *Document) Version(text string, edits ...Edit) (*Version, error) {
	if d.empty() {
		return nil, errEmpty
	}
	caseName, onTop, err := readVersion(text)
	if err != nil {
		return nil, err
	}
	v := &Version{Case: caseName, document: d}
	if v.Case == "" && len(d.cases) > 0 {
		v.Case = d.cases[0].Name
	}
	if err := v.add(onTop, edits); err != nil {
		return nil, err
	}
	return v, v.apply()
}

// ErrNoDocument is the error of [Version.With] for a version that was not made from
// a programme file, or that was read back from JSON.
var ErrNoDocument = errors.New("this version has no programme file to apply variants and edits to: make it with Document.Version")

// With returns the version with more variants, stresses and edits on top, as
// [Document.Version] reads them: "flat tariffs", "flat tariffs +
// {contract cap=none}"; empty for edits alone. Its errors are those of
// [Document.Version], and [ErrNoDocument].
func (v *Version) With(text string, edits ...Edit) (*Version, error) {
	if v == nil || v.document.empty() {
		return nil, ErrNoDocument
	}
	var onTop []part
	if strings.TrimSpace(text) != "" {
		var err error
		if onTop, err = readParts(text); err != nil {
			return nil, err
		}
	}
	more := &Version{Case: v.Case, Layers: slices.Clone(v.Layers), document: v.document, edits: slices.Clone(v.edits)}
	if err := more.add(onTop, edits); err != nil {
		return nil, err
	}
	return more, more.apply()
}

// Certain returns the version with every input at its stated value, as if the file did
// not say of any how well it is known. An edit may then multiply an input further than
// its range allows. A programme that is not as a file has it is kept as it is. The
// errors are those of [Document.Version].
func (v *Version) Certain() (*Version, error) {
	other := *v
	changed, err := v.changedByHand()
	if err != nil {
		return nil, err
	}
	if changed != nothingByHand {
		p := *v.Programme
		p.Uncertain, p.Correlations, p.MadeCertain, p.Conditioned = nil, nil, nil, nil
		other.Programme = &p
		return &other, nil
	}
	document := *v.document
	document.certain = true
	other.document, other.root = &document, nil
	return &other, other.apply()
}

// Document returns the programme file that the version was made from; nil if it was
// not made from one.
func (v *Version) Document() *Document {
	if v == nil {
		return nil
	}
	return v.document
}

// Name is the version as [Document.Version] reads it: "medium + flat tariffs". Two
// versions of a file with the same name are the same. It is empty for a file
// without cases and with nothing on top.
func (v *Version) Name() string {
	if v == nil {
		return ""
	}
	parts := []string{v.Case}
	for _, l := range v.Layers {
		if l.Kind == editLayer {
			parts = append(parts, "{"+l.Name+"}")
		} else {
			parts = append(parts, l.Name)
		}
	}
	return strings.TrimSpace(strings.Join(parts, plusSign))
}

// Label is the version in a heading or a key: its name, or the name of the
// programme if the version has none.
func (v *Version) Label() string {
	if v == nil || v.Programme == nil {
		return v.Name()
	}
	return cmp.Or(v.Name(), v.Programme.Name)
}

// Phrase is the version in a sentence: "the medium case", "the medium case with
// flat tariffs", "the programme with contract cap=none".
func (v *Version) Phrase() string {
	if v == nil {
		return "no version"
	}
	var with []string
	for _, l := range v.Layers {
		with = append(with, l.Name)
	}
	text := "the programme"
	if v.Case != "" {
		text = "the " + v.Case + " case"
	}
	if len(with) > 0 {
		text += " with " + words.And(with)
	}
	return text
}

// add adds parts of a version and further edits on top.
func (v *Version) add(onTop []part, edits []Edit) error {
	var faults []error
	for _, p := range onTop {
		if p.edit != nil {
			v.addEdit(*p.edit)
			continue
		}
		faults = append(faults, v.addNamed(p.name))
	}
	for _, e := range edits {
		v.addEdit(e)
	}
	return errors.Join(faults...)
}

func (v *Version) addEdit(e Edit) {
	v.Layers = append(v.Layers, Layer{editLayer, e.String()})
	v.edits = append(v.edits, e)
}

// addNamed adds a variant on top or, if none has the name, a structure of capital or a
// stress.
func (v *Version) addNamed(name string) error {
	d := v.document
	if set, err := find("variant", d.variants, name); err == nil {
		kind := variantLayer
		if slices.Contains(d.stresses, name) || slices.Contains(namesOf("", common().sets).valid, name) {
			kind = stressLayer
		}
		v.Layers, v.edits = append(v.Layers, Layer{kind, name}), append(v.edits, set.edits...)
		return nil
	}
	if slices.Contains(structureNames(), name) {
		set, err := d.structure(name)
		if err == nil {
			v.Layers, v.edits = append(v.Layers, Layer{structureLayer, name}), append(v.edits, set.edits...)
		}
		return err
	}
	set, fits := d.stress(name)
	if !fits { // or it is all at once
		var err error
		if set, err = find("stress", d.fitting(), name); err != nil {
			return d.noSuchLayer(name)
		}
	}
	v.Layers, v.edits = append(v.Layers, Layer{stressLayer, name}), append(v.edits, set.edits...)
	return nil
}

// noSuchLayer is the error for a name of no variant and no stress. Stresses that are
// variants of the file are listed as variants.
func (d *Document) noSuchLayer(name string) error {
	variants := namesOf("", d.variants).valid
	stresses := slices.DeleteFunc(namesOf("", d.fitting()).valid, func(name string) bool { return slices.Contains(variants, name) })
	other := &NameError{What: "stress", Valid: stresses}
	if found := d.structureNames(); len(found) > 0 {
		other.Or = &NameError{What: "structure", Valid: found}
	}
	return &NameError{What: "variant", Name: name, Valid: variants, Or: other}
}

// apply applies the edits of case and layers to the file and decodes what comes
// out.
func (v *Version) apply() error {
	var all []Edit
	if v.Case != "" {
		set, err := find("case", v.document.cases, v.Case)
		if err != nil {
			return err
		}
		all = slices.Clone(set.edits)
	}
	open, first, err := v.chosen(v.document.root)
	if err != nil {
		return err
	}
	all = append(all, first...)
	p, findings, editor := v.document.with(append(all, v.edits...))
	for i, f := range findings {
		if f.at.line > 0 || f.at.layer < editor.layer { // an edit that is not in a file is itself the place
			findings[i].label = "in " + strconv.Quote(v.Name())
		}
	}
	if err := join(findings); err != nil {
		return err
	}
	p.Uncertain = slices.DeleteFunc(p.Uncertain, func(u model.Uncertain) bool {
		return ofAlternatives(u) && !slices.ContainsFunc(open, func(o model.Uncertain) bool { return o.Path == u.Path })
	})
	v.Programme, v.Changes, v.root, v.asRead, v.alternatives = p, editor.changes, nil, nil, newDrawnInCommon()
	_ = v.hold(v.document.heldTo(v.Case)) // LawsAlone says that they do not go with it
	if len(p.Uncertain) > 0 {
		v.root, v.asRead = editor.root, readingOf(p)
	}
	return nil
}
