// Package copies copies plain data, so that whoever changes one copy does not
// change another.
package copies

import "reflect"

// Deep returns a value that shares no slice, map or pointer with another that can
// be reached through exported fields. What a struct hides is copied as an
// assignment would copy it.
func Deep[T any](value T) T {
	c := copier{}
	return c.deep(reflect.ValueOf(&value).Elem()).Interface().(T)
}

// copier knows of the types it has met whether an assignment may share something.
type copier map[reflect.Type]bool

func (c copier) deep(v reflect.Value) reflect.Value {
	if !c.shares(v.Type()) {
		return v
	}
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			out.Set(c.deep(v.Elem()))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(c.deep(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			reflect.Copy(out, v)
			c.each(out)
		}
	case reflect.Array:
		c.each(out)
	case reflect.Map:
		if !v.IsNil() {
			out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
			for each := v.MapRange(); each.Next(); {
				out.SetMapIndex(each.Key(), c.deep(each.Value()))
			}
		}
	case reflect.Struct:
		c.fields(out)
	}
	return out
}

// each copies what the elements of a slice or an array share.
func (c copier) each(v reflect.Value) {
	if !c.shares(v.Type().Elem()) {
		return
	}
	for i := range v.Len() {
		v.Index(i).Set(c.deep(v.Index(i)))
	}
}

// fields copies what the exported fields of a struct share.
func (c copier) fields(v reflect.Value) {
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() && c.shares(field.Type) {
			v.Field(i).Set(c.deep(v.Field(i)))
		}
	}
}

// shares reports whether an assignment of a type may share something that can be
// reached.
func (c copier) shares(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map:
		return true
	case reflect.Array:
		return c.shares(t.Elem())
	case reflect.Struct:
	default:
		return false
	}
	known, ok := c[t]
	if !ok {
		for i := range t.NumField() {
			known = known || t.Field(i).IsExported() && c.shares(t.Field(i).Type)
		}
		c[t] = known
	}
	return known
}
