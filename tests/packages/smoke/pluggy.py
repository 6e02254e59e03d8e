import pluggy

spec, impl = pluggy.HookspecMarker("app"), pluggy.HookimplMarker("app")


class Spec:
    @spec
    def add(self, one, two):
        """Add."""

    @spec(firstresult=True)
    def first(self, value):
        """The first that is not None."""


class One:
    @impl
    def add(self, one, two):
        return one + two

    @impl
    def first(self, value):
        return None


class Two:
    @impl(tryfirst=True)
    def add(self, one, two):
        return one * two

    @impl(trylast=True)
    def first(self):
        return "two"


def start():
    manager = pluggy.PluginManager("app")
    manager.add_hookspecs(Spec)
    one = One()
    manager.register(one)
    manager.register(Two(), name="two")
    print(manager.hook.add(one=3, two=4), manager.hook.first(value=1), manager.has_plugin("two"))
    manager.unregister(one)
    print(manager.hook.add(one=3, two=4), [name for name, _ in manager.list_name_plugin()])
