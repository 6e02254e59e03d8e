import annotated_types as at


def start():
    print(at.Gt(3), at.Interval(ge=1, lt=5), at.Len(1, 4), at.MultipleOf(3), at.Ge(2) == at.Ge(2))
    print(list(at.Interval(gt=1, le=5)), list(at.Len(2, 3)), at.Predicate(str.islower).func("a"))
    print(at.doc("x").documentation, at.Timezone(None), hash(at.Lt(1)) == hash(at.Lt(1)))
    try:
        at.Gt(3).gt = 4
    except AttributeError as error:
        print(type(error).__name__, error)
